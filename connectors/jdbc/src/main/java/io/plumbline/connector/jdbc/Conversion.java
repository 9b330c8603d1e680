package io.plumbline.connector.jdbc;

import io.plumbline.matrix.connector.Fidelity;
import io.plumbline.matrix.connector.TypeMapping;
import io.plumbline.matrix.dataset.LogicalType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.temporal.Temporal;
import org.apiguardian.api.API;

/** What becomes of a column's values in a sink; for those who write, never for those who read. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class Conversion {
  private final Fidelity fidelity;
  private final LogicalType stored;

  /** As the sink declares. */
  public Conversion(TypeMapping.Declaration declaration) {
    this.fidelity = declaration.fidelity();
    this.stored = declaration.carried();
  }

  /** True when values stay what they are. */
  boolean none() {
    return fidelity instanceof Fidelity.Exact;
  }

  /** The value that is stored for one that is not NULL. */
  public Object apply(Object value) {
    if (none()) {
      return value;
    }
    if (fidelity instanceof Fidelity.AsText text) {
      return CanonicalText.of(text.form(), value);
    }
    if (fidelity instanceof Fidelity.Rounded rounded) {
      return value instanceof BigDecimal number
          ? number.setScale(rounded.fractionDigits(), RoundingMode.HALF_UP)
          : cut(
              ((Temporal) value).plus(unit(rounded.fractionDigits()) / 2, ChronoUnit.NANOS),
              rounded.fractionDigits());
    }
    if (fidelity instanceof Fidelity.Truncated truncated) {
      return value instanceof BigDecimal number
          ? number.setScale(truncated.fractionDigits(), RoundingMode.DOWN)
          : cut((Temporal) value, truncated.fractionDigits());
    }
    return widened(value);
  }

  private static Temporal cut(Temporal time, int digits) {
    long nanos = time.getLong(ChronoField.NANO_OF_SECOND);
    return time.with(ChronoField.NANO_OF_SECOND, nanos - nanos % unit(digits));
  }

  private static long unit(int digits) {
    long unit = 1;
    for (int digit = digits; digit < 9; digit++) {
      unit *= 10;
    }
    return unit;
  }

  private Object widened(Object value) {
    Class<?> wanted = stored.canonical();
    if (wanted.isInstance(value)) {
      return value;
    }
    if (wanted == BigDecimal.class) {
      return new BigDecimal(value.toString());
    }
    if (wanted == BigInteger.class) {
      return new BigInteger(value.toString());
    }
    if (wanted == Double.class) {
      return ((Number) value).doubleValue();
    }
    return ((LocalDate) value).atStartOfDay();
  }
}

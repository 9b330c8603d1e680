package io.plumbline.connector.jdbc;

import io.plumbline.matrix.connector.Fidelity;
import io.plumbline.matrix.connector.TypeMapping;
import io.plumbline.matrix.dataset.LogicalType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.temporal.Temporal;
import java.util.IdentityHashMap;
import org.jspecify.annotations.Nullable;

/** How the mover's side gives a column's values to a server: converted as the sink declares. */
final class WrittenCell {
  private static final int MOST_REMEMBERED = 1 << 12;

  private final Fidelity fidelity;
  private final LogicalType stored;
  private final Wire wire;
  private final IdentityHashMap<Object, Object> converted = new IdentityHashMap<>();

  WrittenCell(TypeMapping.Declaration declaration) {
    this.fidelity = declaration.fidelity();
    this.stored = declaration.carried();
    this.wire = Wire.of(stored);
  }

  void bind(PreparedStatement statement, int parameter, @Nullable Object value)
      throws SQLException {
    if (value == null) {
      wire.bindNull(statement, parameter);
    } else {
      wire.bind(statement, parameter, carried(value));
    }
  }

  /** The value as an object of a class that JDBC has. */
  Object plain(Object value) {
    return wire.plain(carried(value));
  }

  private Object carried(Object value) {
    return fidelity instanceof Fidelity.Exact ? value : remembered(value);
  }

  private Object remembered(Object value) {
    Object known = converted.get(value);
    if (known == null) {
      known = convert(value);
      if (converted.size() < MOST_REMEMBERED) {
        converted.put(value, known);
      }
    }
    return known;
  }

  private Object convert(Object value) {
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

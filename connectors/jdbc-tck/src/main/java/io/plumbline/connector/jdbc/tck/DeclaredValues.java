package io.plumbline.connector.jdbc.tck;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plumbline.matrix.connector.CaseScope;
import io.plumbline.matrix.connector.ColumnContract;
import io.plumbline.matrix.connector.Fidelity;
import io.plumbline.matrix.connector.TextForm;
import io.plumbline.matrix.connector.TypeMapping;
import io.plumbline.matrix.dataset.Absent;
import io.plumbline.matrix.dataset.Bytes;
import io.plumbline.matrix.dataset.LogicalType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.function.Function;
import org.assertj.core.api.SoftAssertions;
import org.jspecify.annotations.Nullable;

/** What a system's declaration makes of values; by code of the tests alone. */
final class DeclaredValues {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final BigInteger NANOS = BigInteger.TEN.pow(9);

  private DeclaredValues() {}

  /** The row that a reader must hand on. */
  static Object[] carried(CaseScope scope, Object[] row) {
    return applied(scope, row, ColumnContract::source);
  }

  /** The row that is in the target after a carried one was written. */
  static Object[] stored(CaseScope scope, Object[] carried) {
    return applied(scope, carried, ColumnContract::sink);
  }

  private static Object[] applied(
      CaseScope scope, Object[] row, Function<ColumnContract, TypeMapping.Declaration> role) {
    Object[] image = row.clone();
    for (ColumnContract contract : scope.columns()) {
      int index = contract.column().index();
      image[index] = applied(role.apply(contract), row[index]);
    }
    return image;
  }

  static @Nullable Object applied(TypeMapping.Declaration declaration, @Nullable Object value) {
    if (!declaration.supported() || value == Absent.ABSENT) {
      return Absent.ABSENT;
    }
    if (value == null || declaration.fidelity() instanceof Fidelity.Exact) {
      return value;
    }
    if (declaration.fidelity() instanceof Fidelity.Rounded rounded) {
      return rounded(value, rounded.fractionDigits());
    }
    if (declaration.fidelity() instanceof Fidelity.AsText text) {
      return text(text.form(), value);
    }
    if (declaration.fidelity() instanceof Fidelity.Widened widened
        && widened.to() == LogicalType.BIGINT) {
      return value;
    }
    throw new IllegalStateException("No test knows " + declaration);
  }

  /** Half up, by arithmetic on the nanoseconds since 1970. */
  private static Object rounded(Object value, int digits) {
    LocalDateTime time = (LocalDateTime) value;
    BigInteger nanos =
        BigInteger.valueOf(time.toEpochSecond(ZoneOffset.UTC))
            .multiply(NANOS)
            .add(BigInteger.valueOf(time.getNano()));
    BigInteger unit = BigInteger.TEN.pow(9 - digits);
    BigInteger units =
        nanos.add(unit.shiftRight(1)).subtract(nanos.add(unit.shiftRight(1)).mod(unit));
    BigInteger[] parts = {units.subtract(units.mod(NANOS)).divide(NANOS), units.mod(NANOS)};
    return LocalDateTime.ofEpochSecond(
        parts[0].longValueExact(), parts[1].intValueExact(), ZoneOffset.UTC);
  }

  private static String text(TextForm form, Object value) {
    return switch (form) {
      case VERBATIM, BOOLEAN -> value.toString();
      case DECIMAL ->
          value instanceof BigDecimal number ? number.toPlainString() : value.toString();
      case HEX -> ((Bytes) value).toHex();
      // Java's own ISO form has seconds always, and no trailing zeros.
      case ISO_8601 ->
          value instanceof OffsetDateTime time
              ? DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(time) + time.getOffset()
              : value.toString();
      case JSON_ARRAY -> {
        try {
          yield JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
          throw new IllegalStateException(e);
        }
      }
    };
  }

  static void assertRow(SoftAssertions all, CaseScope scope, Object[] actual, Object[] expected) {
    for (ColumnContract contract : scope.columns()) {
      int index = contract.column().index();
      all.assertThat(actual[index])
          .as("key %s, %s", expected[0], contract.column().name())
          .isEqualTo(expected[index]);
    }
  }
}

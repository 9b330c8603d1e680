package io.plumbline.matrix.memory;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.NumberOutput;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plumbline.matrix.connector.Fidelity;
import io.plumbline.matrix.connector.TextForm;
import io.plumbline.matrix.connector.TypeMapping.Declaration;
import io.plumbline.matrix.dataset.Absent;
import io.plumbline.matrix.dataset.Bytes;
import io.plumbline.matrix.dataset.LogicalType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.Temporal;
import java.time.temporal.TemporalAccessor;
import org.apiguardian.api.API;

/** What an in-memory system does to a value on its way in, as its connector declares it. */
@API(status = API.Status.INTERNAL, since = "0.1.0")
public final class DeclaredConversion {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final DateTimeFormatter DATE = DateTimeFormatter.ISO_LOCAL_DATE;
  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder()
          .appendPattern("HH:mm:ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .toFormatter(java.util.Locale.ROOT);
  private static final DateTimeFormatter DATE_TIME =
      new DateTimeFormatterBuilder()
          .append(DATE)
          .appendLiteral('T')
          .append(TIME)
          .toFormatter(java.util.Locale.ROOT);
  private static final DateTimeFormatter OFFSET_DATE_TIME =
      new DateTimeFormatterBuilder()
          .append(DATE_TIME)
          .appendOffsetId()
          .toFormatter(java.util.Locale.ROOT);

  private DeclaredConversion() {}

  /** Converts a value that is not NULL. */
  public static Object convert(Declaration declaration, Object value) {
    Fidelity fidelity = declaration.fidelity();
    if (value == Absent.ABSENT || fidelity instanceof Fidelity.Unsupported) {
      return Absent.ABSENT;
    } else if (fidelity instanceof Fidelity.Widened widened) {
      return widened(value, widened.to());
    } else if (fidelity instanceof Fidelity.UnsignedZero unsigned) {
      Object number = widened(value, unsigned.to());
      // Adding zero changes nothing but the sign of negative zero.
      return number instanceof Float single
          ? (Object) (single + 0.0f)
          : (Object) (((Double) number) + 0.0);
    } else if (fidelity instanceof Fidelity.Rounded rounded) {
      return value instanceof BigDecimal number
          ? number.setScale(rounded.fractionDigits(), RoundingMode.HALF_UP)
          : cut(later(value, unit(rounded.fractionDigits()) / 2), rounded.fractionDigits());
    } else if (fidelity instanceof Fidelity.Truncated truncated) {
      return value instanceof BigDecimal number
          ? number.setScale(truncated.fractionDigits(), RoundingMode.DOWN)
          : cut((Temporal) value, truncated.fractionDigits());
    } else if (fidelity instanceof Fidelity.AsText text) {
      return asText(value, text.form());
    }
    return value;
  }

  private static Object widened(Object value, LogicalType to) {
    return switch (to) {
      case DOUBLE -> value instanceof Float number ? (Object) (double) number : value;
      case DECIMAL_18_4 -> decimal(value, 4);
      case DECIMAL_38_10 -> decimal(value, 10);
      case DECIMAL_76_20 -> decimal(value, 20);
      case UINT64, XID8, INT128, INT256 ->
          value instanceof Long number ? BigInteger.valueOf(number) : value;
      case TIMESTAMP, DATETIME2_7, DATETIME64_9 ->
          value instanceof LocalDate date ? date.atTime(LocalTime.MIDNIGHT) : value;
      default -> value;
    };
  }

  private static BigDecimal decimal(Object value, int scale) {
    BigDecimal number =
        value instanceof Long integer
            ? BigDecimal.valueOf(integer)
            : value instanceof BigInteger integer ? new BigDecimal(integer) : (BigDecimal) value;
    return number.setScale(scale);
  }

  private static long unit(int fractionDigits) {
    long unit = 1;
    for (int digit = fractionDigits; digit < 9; digit++) {
      unit *= 10;
    }
    return unit;
  }

  private static Temporal later(Object time, long nanos) {
    return ((Temporal) time).plus(nanos, java.time.temporal.ChronoUnit.NANOS);
  }

  private static Temporal cut(Temporal time, int fractionDigits) {
    long nanos = time.getLong(ChronoField.NANO_OF_SECOND);
    return time.with(ChronoField.NANO_OF_SECOND, nanos - nanos % unit(fractionDigits));
  }

  private static String asText(Object value, TextForm form) {
    return switch (form) {
      case VERBATIM, BOOLEAN -> String.valueOf(value);
      case DECIMAL ->
          value instanceof BigDecimal number ? number.toPlainString() : String.valueOf(value);
      case FLOAT -> floatText(value);
      case HEX -> ((Bytes) value).toHex();
      case ISO_8601 -> formatter(value).format((TemporalAccessor) value);
      case JSON_ARRAY -> {
        try {
          yield JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
          throw new IllegalStateException(e);
        }
      }
    };
  }

  /** Takes the digits from Jackson's writer of shortest floats and places the point anew. */
  private static String floatText(Object value) {
    boolean single = value instanceof Float;
    String shortest =
        single
            ? NumberOutput.toString((Float) value, true)
            : NumberOutput.toString((Double) value, true);
    if (shortest.endsWith("NaN") || shortest.endsWith("Infinity")) {
      return shortest;
    }
    String sign = shortest.startsWith("-") ? "-" : "";
    BigDecimal number = new BigDecimal(shortest).abs();
    if (number.signum() == 0) {
      return sign + "0";
    }
    BigDecimal oneDigit = number.round(new MathContext(1));
    // The writer gives two digits even where one would do.
    if (single
        ? oneDigit.floatValue() == Math.abs((Float) value)
        : oneDigit.doubleValue() == Math.abs((Double) value)) {
      number = oneDigit;
    }
    String digits = number.unscaledValue().toString().replaceFirst("0+$", "");
    int exponent = number.precision() - number.scale() - 1;
    if (exponent < -4 || exponent >= (single ? 6 : 15)) {
      String fraction = digits.length() == 1 ? "" : "." + digits.substring(1);
      return sign
          + digits.charAt(0)
          + fraction
          + String.format(
              java.util.Locale.ROOT, "e%s%02d", exponent < 0 ? "-" : "+", Math.abs(exponent));
    }
    return sign + number.stripTrailingZeros().toPlainString();
  }

  private static DateTimeFormatter formatter(Object value) {
    if (value instanceof LocalDateTime) {
      return DATE_TIME;
    }
    if (value instanceof OffsetDateTime) {
      return OFFSET_DATE_TIME;
    }
    return value instanceof LocalTime ? TIME : DATE;
  }
}

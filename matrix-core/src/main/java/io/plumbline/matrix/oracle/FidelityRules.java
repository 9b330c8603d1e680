package io.plumbline.matrix.oracle;

import io.plumbline.matrix.connector.Fidelity;
import io.plumbline.matrix.connector.TextForm;
import io.plumbline.matrix.connector.TypeMapping.Declaration;
import io.plumbline.matrix.dataset.Absent;
import io.plumbline.matrix.dataset.Bytes;
import io.plumbline.matrix.dataset.LogicalType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * What a declared fidelity makes of a value. Only the oracle's; connectors convert by code of their
 * own.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class FidelityRules {

  private FidelityRules() {}

  /** The declared image of a value; NULL stays NULL, a cell without column is absent. */
  public static @Nullable Object apply(Declaration declaration, @Nullable Object value) {
    Fidelity fidelity = declaration.fidelity();
    if (fidelity instanceof Fidelity.Unsupported || value == Absent.ABSENT) {
      return Absent.ABSENT;
    }
    if (value == null || fidelity instanceof Fidelity.Exact) {
      return value;
    }
    if (fidelity instanceof Fidelity.Widened widened) {
      return widen(value, widened.to());
    }
    if (fidelity instanceof Fidelity.UnsignedZero unsigned) {
      Object number = widen(value, unsigned.to());
      return number.equals(-0.0) ? 0.0 : number.equals(-0.0f) ? (Object) 0.0f : number;
    }
    if (fidelity instanceof Fidelity.Rounded rounded) {
      return round(value, rounded.fractionDigits(), RoundingMode.HALF_UP);
    }
    if (fidelity instanceof Fidelity.Truncated truncated) {
      return round(value, truncated.fractionDigits(), RoundingMode.DOWN);
    }
    return text(value, ((Fidelity.AsText) fidelity).form());
  }

  private static Object widen(Object value, LogicalType to) {
    Class<?> target = to.canonical();
    if (target.isInstance(value) && target != BigDecimal.class) {
      return value;
    }
    if (target == Double.class && value instanceof Float number) {
      return number.doubleValue();
    }
    if (target == BigInteger.class && value instanceof Long number) {
      return BigInteger.valueOf(number);
    }
    if (target == BigDecimal.class) {
      BigDecimal number =
          value instanceof BigDecimal decimal ? decimal : new BigDecimal(value.toString());
      return number.setScale(scale(to), RoundingMode.UNNECESSARY);
    }
    if (target == LocalDateTime.class && value instanceof LocalDate date) {
      return date.atStartOfDay();
    }
    throw new IllegalStateException(
        "No rule widens a %s to %s.".formatted(value.getClass().getSimpleName(), to.id()));
  }

  private static int scale(LogicalType decimal) {
    return switch (decimal) {
      case DECIMAL_18_4 -> 4;
      case DECIMAL_38_10 -> 10;
      case DECIMAL_76_20 -> 20;
      default -> throw new IllegalStateException(decimal.id() + " has no fixed scale.");
    };
  }

  private static Object round(Object value, int digits, RoundingMode mode) {
    if (value instanceof BigDecimal number) {
      return number.setScale(digits, mode);
    }
    // Times are rounded by the signed number of nanoseconds that the fraction is off.
    int nanos =
        value instanceof LocalTime t
            ? t.getNano()
            : value instanceof LocalDateTime t ? t.getNano() : ((OffsetDateTime) value).getNano();
    long shift =
        BigDecimal.valueOf(nanos, 9).setScale(digits, mode).movePointRight(9).longValueExact()
            - nanos;
    if (value instanceof LocalTime time) {
      return time.plusNanos(shift);
    }
    return value instanceof LocalDateTime time
        ? time.plusNanos(shift)
        : ((OffsetDateTime) value).plusNanos(shift);
  }

  static String text(Object value, TextForm form) {
    return switch (form) {
      case VERBATIM, BOOLEAN -> value.toString();
      case DECIMAL ->
          value instanceof BigDecimal number ? number.toPlainString() : value.toString();
      case FLOAT -> ShortestFloat.text((Number) value);
      case HEX -> ((Bytes) value).toHex();
      case ISO_8601 -> iso(value);
      case JSON_ARRAY -> {
        StringBuilder json = new StringBuilder();
        jsonArray((List<?>) value, json);
        yield json.toString();
      }
    };
  }

  private static String iso(Object value) {
    if (value instanceof LocalDate date) {
      return date.toString();
    }
    if (value instanceof LocalTime time) {
      return clock(time);
    }
    if (value instanceof LocalDateTime time) {
      return time.toLocalDate() + "T" + clock(time.toLocalTime());
    }
    OffsetDateTime time = (OffsetDateTime) value;
    return time.toLocalDate() + "T" + clock(time.toLocalTime()) + time.getOffset().getId();
  }

  private static String clock(LocalTime time) {
    StringBuilder text = new StringBuilder();
    digits(text, time.getHour(), 2).append(':');
    digits(text, time.getMinute(), 2).append(':');
    digits(text, time.getSecond(), 2);
    if (time.getNano() != 0) {
      digits(text.append('.'), time.getNano(), 9);
      while (text.charAt(text.length() - 1) == '0') {
        text.setLength(text.length() - 1);
      }
    }
    return text.toString();
  }

  private static StringBuilder digits(StringBuilder text, int number, int width) {
    String digits = Integer.toString(number);
    return text.append("0".repeat(width - digits.length())).append(digits);
  }

  private static void jsonArray(List<?> list, StringBuilder json) {
    json.append('[');
    for (int i = 0; i < list.size(); i++) {
      if (i > 0) {
        json.append(',');
      }
      Object element = list.get(i);
      if (element instanceof List<?> nested) {
        jsonArray(nested, json);
      } else if (element instanceof String s) {
        jsonString(s, json);
      } else {
        json.append(element);
      }
    }
    json.append(']');
  }

  private static void jsonString(String text, StringBuilder json) {
    json.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> json.append("\\\"");
        case '\\' -> json.append("\\\\");
        case '\b' -> json.append("\\b");
        case '\f' -> json.append("\\f");
        case '\n' -> json.append("\\n");
        case '\r' -> json.append("\\r");
        case '\t' -> json.append("\\t");
        default -> {
          if (c < 0x20) {
            json.append(String.format(Locale.ROOT, "\\u%04X", (int) c));
          } else {
            json.append(c);
          }
        }
      }
    }
    json.append('"');
  }
}

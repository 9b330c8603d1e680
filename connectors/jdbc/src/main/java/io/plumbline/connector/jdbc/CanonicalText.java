package io.plumbline.connector.jdbc;

import io.plumbline.matrix.connector.TextForm;
import io.plumbline.matrix.dataset.Bytes;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/** The text of values that travel as text; for those who write, never for those who read. */
@API(status = API.Status.INTERNAL, since = "0.1.0")
public final class CanonicalText {
  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder()
          .appendPattern("HH:mm:ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .toFormatter(Locale.ROOT);
  private static final DateTimeFormatter DATE_TIME =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .appendLiteral('T')
          .append(TIME)
          .toFormatter(Locale.ROOT);
  private static final DateTimeFormatter OFFSET_DATE_TIME =
      new DateTimeFormatterBuilder().append(DATE_TIME).appendOffsetId().toFormatter(Locale.ROOT);

  private CanonicalText() {}

  /** A canonical value in a text form that its declaration names. */
  public static String of(TextForm form, Object value) {
    return switch (form) {
      case VERBATIM, BOOLEAN -> value.toString();
      case DECIMAL -> value instanceof BigDecimal d ? d.toPlainString() : value.toString();
      case FLOAT -> FloatText.of((Number) value);
      case HEX -> ((Bytes) value).toHex();
      case ISO_8601 -> iso((TemporalAccessor) value);
      case JSON_ARRAY -> array((List<?>) value);
    };
  }

  /** ISO-8601 with seconds always; the fraction without trailing zeros, the offset at the end. */
  static String iso(TemporalAccessor time) {
    if (time instanceof LocalDate) {
      return time.toString();
    }
    if (time instanceof LocalTime) {
      return TIME.format(time);
    }
    if (time instanceof LocalDateTime) {
      return DATE_TIME.format(time);
    }
    return OFFSET_DATE_TIME.format((OffsetDateTime) time);
  }

  private static String array(List<?> list) {
    StringJoiner json = new StringJoiner(",", "[", "]");
    for (@Nullable Object element : list) {
      json.add(
          element instanceof List<?> nested
              ? array(nested)
              : element instanceof String text ? quoted(text) : String.valueOf(element));
    }
    return json.toString();
  }

  private static String quoted(String text) {
    StringBuilder json = new StringBuilder(text.length() + 2).append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      int known = "\"\\\b\f\n\r\t".indexOf(c);
      if (known >= 0) {
        json.append('\\').append("\"\\bfnrt".charAt(known));
      } else if (c < ' ') {
        json.append("\\u%04X".formatted((int) c));
      } else {
        json.append(c);
      }
    }
    return json.append('"').toString();
  }
}

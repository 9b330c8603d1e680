package io.plumbline.connector.bigquery;

import io.plumbline.matrix.connector.TextForm;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The text forms that BigQuery declares, as the mover writes them. */
final class CanonicalText {
  private static final DateTimeFormatter WITH_OFFSET =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .appendPattern("'T'HH:mm:ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .appendOffsetId()
          .toFormatter(Locale.ROOT);

  private CanonicalText() {}

  static String of(TextForm form, Object value) {
    return switch (form) {
      case VERBATIM -> value.toString();
      case DECIMAL ->
          value instanceof BigDecimal number ? number.toPlainString() : value.toString();
      case ISO_8601 -> WITH_OFFSET.format((OffsetDateTime) value);
      case JSON_ARRAY -> array((List<?>) value);
      default -> throw new IllegalStateException("BigQuery declares no text form " + form);
    };
  }

  private static String array(List<?> elements) {
    StringBuilder json = new StringBuilder("[");
    for (@Nullable Object element : elements) {
      if (json.length() > 1) {
        json.append(',');
      }
      if (element instanceof List<?> nested) {
        json.append(array(nested));
      } else if (element instanceof String text) {
        json.append('"');
        text.chars().forEach(c -> character((char) c, json));
        json.append('"');
      } else {
        json.append(element);
      }
    }
    return json.append(']').toString();
  }

  private static void character(char c, StringBuilder json) {
    int named = "\"\\\b\f\n\r\t".indexOf(c);
    if (named >= 0) {
      json.append('\\').append("\"\\bfnrt".charAt(named));
    } else if (c < ' ') {
      json.append("\\u%04X".formatted((int) c));
    } else {
      json.append(c);
    }
  }
}

package io.plumbline.connector.clickhouse;

import io.plumbline.matrix.connector.TextForm;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The text forms that ClickHouse declares, as the mover writes them. */
final class CanonicalText {
  private static final DateTimeFormatter CLOCK =
      new DateTimeFormatterBuilder()
          .appendPattern("HH:mm:ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .toFormatter(Locale.ROOT);

  private static final DateTimeFormatter DATE_AND_CLOCK =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .appendLiteral('T')
          .append(CLOCK)
          .toFormatter(Locale.ROOT);

  private static final DateTimeFormatter WITH_OFFSET =
      new DateTimeFormatterBuilder()
          .append(DATE_AND_CLOCK)
          .appendOffsetId()
          .toFormatter(Locale.ROOT);

  private CanonicalText() {}

  static String of(TextForm form, Object value) {
    return switch (form) {
      case VERBATIM -> (String) value;
      case ISO_8601 -> iso((TemporalAccessor) value);
      case JSON_ARRAY -> {
        StringBuilder json = new StringBuilder();
        array((List<?>) value, json);
        yield json.toString();
      }
      default -> throw new IllegalStateException("ClickHouse declares no text form " + form);
    };
  }

  private static String iso(TemporalAccessor value) {
    if (value instanceof LocalDate) {
      return DateTimeFormatter.ISO_LOCAL_DATE.format(value);
    }
    return (value instanceof OffsetDateTime ? WITH_OFFSET : DATE_AND_CLOCK).format(value);
  }

  private static void array(List<?> elements, StringBuilder json) {
    json.append('[');
    String separator = "";
    for (Object element : elements) {
      json.append(separator);
      element(element, json);
      separator = ",";
    }
    json.append(']');
  }

  private static void element(@Nullable Object element, StringBuilder json) {
    if (element instanceof List<?> nested) {
      array(nested, json);
    } else if (element instanceof String text) {
      json.append('"');
      text.chars().forEach(c -> character((char) c, json));
      json.append('"');
    } else {
      json.append(element);
    }
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

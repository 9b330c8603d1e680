package io.plumbline.connector.postgres;

import io.plumbline.matrix.connector.Fidelity;
import io.plumbline.matrix.connector.TypeMapping;
import io.plumbline.matrix.dataset.Bytes;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Values of the data set as the text literals that the fixture hands to PostgreSQL. */
final class FixtureText {
  private static final int HALF_MICROSECOND = 500;

  private FixtureText() {}

  /** The literal of a value with the declared fidelity; null for NULL. */
  static @Nullable String of(TypeMapping.Declaration declaration, @Nullable Object value) {
    if (value instanceof LocalDateTime time && declaration.fidelity() instanceof Fidelity.Rounded) {
      // Rounded here: of a text with more digits PostgreSQL rounds a half to the even microsecond.
      return time.plusNanos(HALF_MICROSECOND).truncatedTo(ChronoUnit.MICROS).toString();
    }
    if (value instanceof OffsetDateTime time && declaration.fidelity() instanceof Fidelity.AsText) {
      return iso(time);
    }
    if (value instanceof BigDecimal number) {
      return number.toPlainString();
    }
    if (value instanceof Bytes bytes) {
      return "\\x" + bytes.toHex();
    }
    if (value instanceof List<?> list) {
      return array(list);
    }
    return value == null ? null : value.toString();
  }

  /** Seconds always, a fraction without trailing zeros, the offset as Z or +02:00. */
  private static String iso(OffsetDateTime time) {
    String seconds = time.toLocalDateTime().withNano(0).toString();
    String fraction =
        time.getNano() == 0
            ? ""
            : ("." + (1_000_000_000 + time.getNano()))
                .replaceFirst("^\\.1", ".")
                .replaceFirst("0+$", "");
    // Java leaves seconds out when they are zero.
    return seconds + (time.getSecond() == 0 ? ":00" : "") + fraction + time.getOffset().getId();
  }

  private static String array(List<?> values) {
    return values.stream().map(FixtureText::element).collect(Collectors.joining(",", "{", "}"));
  }

  private static String element(@Nullable Object element) {
    if (element instanceof List<?> row) {
      return array(row);
    }
    return element instanceof String text
        ? '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"'
        : String.valueOf(element);
  }
}

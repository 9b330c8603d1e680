package io.plumbline.matrix.defect;

import io.plumbline.matrix.dataset.Bytes;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/**
 * What careless conversions lose first: the last digit, the fraction of a second, the last
 * character.
 */
final class LeastPart {
  private static final long LAST_BYTE = 0xFFL;

  /** Sign, exponent and the fraction that a number of 16 bits has. */
  private static final long TEN_BITS_OF_DOUBLE = 0xFFFF_FC00_0000_0000L;

  private static final int TEN_BITS_OF_FLOAT = 0xFFFF_E000;

  private LeastPart() {}

  /** The value without it; the value itself when it has none, or is no value. */
  static Object without(Object value) {
    if (value instanceof String text) {
      return text.isEmpty() ? text : text.substring(0, text.length() - 1);
    }
    if (value instanceof Long number) {
      return number / 10 * 10;
    }
    if (value instanceof BigInteger number) {
      return number.subtract(number.remainder(BigInteger.TEN));
    }
    if (value instanceof BigDecimal number) {
      return number.setScale(number.scale() - 1, RoundingMode.DOWN).setScale(number.scale());
    }
    if (value instanceof Double number) {
      return Double.longBitsToDouble(Double.doubleToRawLongBits(number) & TEN_BITS_OF_DOUBLE);
    }
    if (value instanceof Float number) {
      return Float.intBitsToFloat(Float.floatToRawIntBits(number) & TEN_BITS_OF_FLOAT);
    }
    if (value instanceof Bytes bytes) {
      byte[] content = bytes.toArray();
      return Bytes.of(Arrays.copyOf(content, Math.max(0, content.length - 1)));
    }
    if (value instanceof List<?> list) {
      return list.isEmpty() ? list : list.subList(0, list.size() - 1);
    }
    if (value instanceof UUID uuid) {
      return new UUID(uuid.getMostSignificantBits(), uuid.getLeastSignificantBits() & ~LAST_BYTE);
    }
    return value instanceof Boolean ? (Object) false : ofTime(value);
  }

  private static Object ofTime(Object value) {
    if (value instanceof LocalDate date) {
      return date.withDayOfMonth(1);
    }
    if (value instanceof LocalTime time) {
      return time.truncatedTo(ChronoUnit.SECONDS);
    }
    if (value instanceof LocalDateTime time) {
      return time.truncatedTo(ChronoUnit.SECONDS);
    }
    return value instanceof OffsetDateTime time ? time.truncatedTo(ChronoUnit.SECONDS) : value;
  }
}

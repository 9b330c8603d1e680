package io.plumbline.connector.mssql.tds;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.UUID;

/** The bytes of values, without the lengths before them. */
final class Values {
  private static final LocalDate FIRST_DAY = LocalDate.of(1, 1, 1);
  private static final LocalDate DATETIME_DAY = LocalDate.of(1900, 1, 1);

  private Values() {}

  static Object decode(TdsType type, byte[] bytes) throws IOException {
    return switch (type.code()) {
      case TdsType.BIT -> bytes[0] != 0;
      // Of one byte it is unsigned, and else it is signed.
      case TdsType.INT -> bytes.length == 1 ? bytes[0] & 0xFFL : signed(bytes, 0, bytes.length);
      case TdsType.FLOAT ->
          bytes.length == 4
              ? (Object) Float.intBitsToFloat((int) signed(bytes, 0, 4))
              : (Object) Double.longBitsToDouble(signed(bytes, 0, 8));
      case TdsType.DECIMAL -> decimal(bytes, type.scale());
      case TdsType.MONEY -> BigDecimal.valueOf(money(bytes), 4);
      case TdsType.DATETIME -> dateTime(bytes);
      case TdsType.DATE -> date(bytes, 0);
      case TdsType.TIME -> time(bytes, bytes.length, type.scale());
      case TdsType.DATETIME2 -> local(bytes, bytes.length, type.scale());
      case TdsType.DATETIMEOFFSET -> {
        int minutes = bytes.length - 2;
        ZoneOffset offset = ZoneOffset.ofTotalSeconds(60 * (int) signed(bytes, minutes, 2));
        yield local(bytes, minutes, type.scale())
            .atOffset(ZoneOffset.UTC)
            .withOffsetSameInstant(offset);
      }
      case TdsType.GUID -> {
        ByteBuffer guid = ByteBuffer.wrap(swapped(bytes));
        yield new UUID(guid.getLong(), guid.getLong());
      }
      case TdsType.VARBINARY, TdsType.BINARY -> bytes;
      default -> new String(bytes, type.charset());
    };
  }

  static byte[] encode(TdsType type, Object value) throws IOException {
    return switch (type.code()) {
      case TdsType.BIT -> new byte[] {(byte) ((Boolean) value ? 1 : 0)};
      case TdsType.INT -> little(((Number) value).longValue(), type.size());
      case TdsType.FLOAT ->
          type.size() == 4
              ? little(Float.floatToRawIntBits(((Number) value).floatValue()), 4)
              : little(Double.doubleToRawLongBits(((Number) value).doubleValue()), 8);
      case TdsType.DECIMAL -> decimal((BigDecimal) value, type.scale());
      case TdsType.DATE -> little(days((LocalDate) value), 3);
      case TdsType.TIME -> time((LocalTime) value, type.scale());
      case TdsType.DATETIME2 -> local((LocalDateTime) value, type.scale());
      case TdsType.DATETIMEOFFSET -> {
        OffsetDateTime moment = (OffsetDateTime) value;
        LocalDateTime utc = moment.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime();
        yield joined(
            local(utc, type.scale()), little(moment.getOffset().getTotalSeconds() / 60, 2));
      }
      case TdsType.GUID -> {
        UUID uuid = (UUID) value;
        ByteBuffer guid = ByteBuffer.allocate(16);
        guid.putLong(uuid.getMostSignificantBits()).putLong(uuid.getLeastSignificantBits());
        yield swapped(guid.array());
      }
      case TdsType.VARBINARY, TdsType.BINARY -> (byte[]) value;
      case TdsType.NVARCHAR, TdsType.NCHAR -> value.toString().getBytes(StandardCharsets.UTF_16LE);
      default -> throw new IOException("nothing is sent as 0x%02X".formatted(type.code()));
    };
  }

  private static long signed(byte[] bytes, int from, int length) {
    int unused = 64 - 8 * length;
    return unsigned(bytes, from, length) << unused >> unused;
  }

  private static long unsigned(byte[] bytes, int from, int length) {
    long value = 0;
    for (int i = length - 1; i >= 0; i--) {
      value = (value << 8) | (bytes[from + i] & 0xFF);
    }
    return value;
  }

  private static byte[] little(long value, int length) {
    byte[] all = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array();
    return Arrays.copyOf(all, length);
  }

  private static byte[] joined(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  private static byte[] reversed(byte[] bytes, int from, int to, int length) {
    byte[] reversed = new byte[length];
    for (int i = from; i < to; i++) {
      reversed[to - 1 - i] = bytes[i];
    }
    return reversed;
  }

  private static BigDecimal decimal(byte[] bytes, int scale) {
    byte[] magnitude = reversed(bytes, 1, bytes.length, bytes.length - 1);
    return new BigDecimal(new BigInteger(bytes[0] == 0 ? -1 : 1, magnitude), scale);
  }

  private static byte[] decimal(BigDecimal value, int scale) throws IOException {
    BigInteger unscaled = value.setScale(scale, RoundingMode.HALF_UP).unscaledValue();
    byte[] magnitude = unscaled.abs().toByteArray();
    if (unscaled.abs().bitLength() > 128) {
      throw new IOException("a decimal of more than 128 bits: " + value);
    }
    int from = magnitude.length > 16 ? 1 : 0;
    byte sign = (byte) (unscaled.signum() < 0 ? 0 : 1);
    return joined(new byte[] {sign}, reversed(magnitude, from, magnitude.length, 16));
  }

  private static long money(byte[] bytes) {
    // Its upper half comes first.
    return bytes.length == 4
        ? signed(bytes, 0, 4)
        : signed(bytes, 0, 4) << 32 | unsigned(bytes, 4, 4);
  }

  private static LocalDateTime dateTime(byte[] bytes) {
    return bytes.length == 4
        ? DATETIME_DAY
            .plusDays(unsigned(bytes, 0, 2))
            .atStartOfDay()
            .plusMinutes(unsigned(bytes, 2, 2))
        // In three hundredths of a second.
        : DATETIME_DAY
            .plusDays(signed(bytes, 0, 4))
            .atStartOfDay()
            .plusNanos(Math.round(unsigned(bytes, 4, 4) * 10 / 3.0) * 1_000_000);
  }

  private static long days(LocalDate date) {
    return date.toEpochDay() - FIRST_DAY.toEpochDay();
  }

  private static LocalDate date(byte[] bytes, int from) {
    return FIRST_DAY.plusDays(unsigned(bytes, from, 3));
  }

  private static long tick(int scale) {
    return BigInteger.TEN.pow(9 - scale).longValue();
  }

  private static LocalTime time(byte[] bytes, int length, int scale) {
    return LocalTime.ofNanoOfDay(unsigned(bytes, 0, length) * tick(scale));
  }

  private static byte[] time(LocalTime time, int scale) {
    return little(time.toNanoOfDay() / tick(scale), scale <= 2 ? 3 : scale <= 4 ? 4 : 5);
  }

  private static LocalDateTime local(byte[] bytes, int length, int scale) {
    return date(bytes, length - 3).atTime(time(bytes, length - 3, scale));
  }

  private static byte[] local(LocalDateTime value, int scale) {
    return joined(time(value.toLocalTime(), scale), little(days(value.toLocalDate()), 3));
  }

  /** The first three groups of a uniqueidentifier have their lowest byte first. */
  private static byte[] swapped(byte[] guid) {
    byte[] swapped = guid.clone();
    int[] order = {3, 2, 1, 0, 5, 4, 7, 6};
    for (int i = 0; i < order.length; i++) {
      swapped[i] = guid[order[i]];
    }
    return swapped;
  }
}

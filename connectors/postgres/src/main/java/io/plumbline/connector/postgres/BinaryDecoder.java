package io.plumbline.connector.postgres;

import io.plumbline.matrix.dataset.Bytes;
import io.plumbline.matrix.dataset.LogicalType;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** PostgreSQL's binary format of a column's type, read into canonical values. */
final class BinaryDecoder {
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private static final long EPOCH_DAY = LocalDate.of(2000, 1, 1).toEpochDay();
  private static final long EPOCH_SECOND = EPOCH_DAY * 86_400;
  private static final long MICROS = 1_000_000;

  private static final int NUMERIC_HEADER = 8;
  private static final int NUMERIC_NEGATIVE = 0x4000;
  private static final BigInteger NUMERIC_BASE = BigInteger.valueOf(10_000);
  private static final int ARRAY_HEADER = 12;
  private static final int ARRAY_DIMENSION = 8;
  private static final int INTERVAL_DAYS = 8;
  private static final int INTERVAL_MONTHS = 12;

  private final LogicalType type;

  BinaryDecoder(LogicalType type) {
    this.type = type;
  }

  /**
   * What to select so that {@link #decode} understands it. Types whose canonical value is
   * PostgreSQL's own text are turned into text by the server, which alone knows how it prints a
   * float.
   */
  static String selected(LogicalType type, String quotedColumn) {
    return switch (type) {
      case BIT_8, VARBIT_64, INT_RANGE, DECIMAL_RANGE, DATE_RANGE -> quotedColumn + "::text";
      case POINT, SEGMENT, BOX, PATH, POLYGON, CIRCLE -> quotedColumn + "::text";
      case CIDR, MACADDR, MACADDR8 -> quotedColumn + "::text";
      // A cast would add /32 to a host's address.
      case INET -> "textin(inet_out(" + quotedColumn + "))";
      default -> quotedColumn;
    };
  }

  Object decode(byte[] b, int at, int length) {
    return switch (type) {
      case SMALLINT -> (long) int2(b, at);
      case INTEGER -> (long) int4(b, at);
      case BIGINT -> int8(b, at);
      case OID -> Integer.toUnsignedLong(int4(b, at));
      case DOUBLE -> Double.longBitsToDouble(int8(b, at));
      case FLOAT32 -> Float.intBitsToFloat(int4(b, at));
      case DECIMAL_18_4, DECIMAL_38_10, DECIMAL_76_20 -> numeric(b, at);
      case UINT64, INT128, INT256 -> numeric(b, at).toBigIntegerExact();
      case XID8 -> new BigInteger(Long.toUnsignedString(int8(b, at)));
      case DATE -> LocalDate.ofEpochDay(EPOCH_DAY + int4(b, at));
      case TIME -> LocalTime.ofNanoOfDay(int8(b, at) * 1_000);
      case TIMESTAMP, DATETIME2_7, DATETIME64_9 -> timestamp(int8(b, at));
      case TIMESTAMPTZ -> timestamp(int8(b, at)).atOffset(ZoneOffset.UTC);
      case BOOLEAN -> b[at] != 0;
      case BINARY_16, VARBINARY_255, BLOB, ROWVERSION ->
          Bytes.of(java.util.Arrays.copyOfRange(b, at, at + length));
      case UUID -> new UUID(int8(b, at), int8(b, at + Long.BYTES));
      // The first byte of jsonb is the version of its format.
      case JSONB, MAP_TEXT, STRUCT, VARIANT -> JsonbText.normal(text(b, at + 1, length - 1));
      case INT_ARRAY, INT_MATRIX, TEXT_ARRAY -> array(b, at);
      case LSN -> lsn(int8(b, at));
      case INTERVAL ->
          interval(int4(b, at + INTERVAL_MONTHS), int4(b, at + INTERVAL_DAYS), int8(b, at));
      default -> text(b, at, length);
    };
  }

  static short int2(byte[] b, int at) {
    return (short) SHORT.get(b, at);
  }

  static int int4(byte[] b, int at) {
    return (int) INT.get(b, at);
  }

  static long int8(byte[] b, int at) {
    return (long) LONG.get(b, at);
  }

  private static String text(byte[] b, int at, int length) {
    return new String(b, at, length, StandardCharsets.UTF_8);
  }

  private static LocalDateTime timestamp(long micros) {
    long seconds = Math.floorDiv(micros, MICROS);
    int nanos = (int) Math.floorMod(micros, MICROS) * 1_000;
    return LocalDateTime.ofEpochSecond(EPOCH_SECOND + seconds, nanos, ZoneOffset.UTC);
  }

  private static BigDecimal numeric(byte[] b, int at) {
    int digits = int2(b, at);
    int weight = int2(b, at + 2);
    int sign = Short.toUnsignedInt(int2(b, at + 4));
    int scale = int2(b, at + 6);
    if (sign != 0 && sign != NUMERIC_NEGATIVE) {
      throw new PostgresException("A numeric is not finite; no logical type holds that.");
    }
    BigInteger unscaled = BigInteger.ZERO;
    for (int i = 0; i < digits; i++) {
      int digit = int2(b, at + NUMERIC_HEADER + 2 * i);
      unscaled = unscaled.multiply(NUMERIC_BASE).add(BigInteger.valueOf(digit));
    }
    if (sign == NUMERIC_NEGATIVE) {
      unscaled = unscaled.negate();
    }
    return new BigDecimal(unscaled, 4 * (digits - 1 - weight)).setScale(scale);
  }

  private List<?> array(byte[] b, int at) {
    int dimensions = int4(b, at);
    if (dimensions == 0) {
      return List.of();
    }
    int[] position = {at + ARRAY_HEADER + ARRAY_DIMENSION * dimensions};
    int rows = int4(b, at + ARRAY_HEADER);
    if (dimensions == 1) {
      return elements(b, rows, position);
    }
    int width = int4(b, at + ARRAY_HEADER + ARRAY_DIMENSION);
    List<Object> matrix = new ArrayList<>(rows);
    for (int i = 0; i < rows; i++) {
      matrix.add(elements(b, width, position));
    }
    return Collections.unmodifiableList(matrix);
  }

  private List<?> elements(byte[] b, int count, int[] position) {
    List<@Nullable Object> elements = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int length = int4(b, position[0]);
      position[0] += Integer.BYTES;
      if (length < 0) {
        elements.add(null);
        continue;
      }
      elements.add(
          type == LogicalType.TEXT_ARRAY
              ? text(b, position[0], length)
              : (Object) int8(b, position[0]));
      position[0] += length;
    }
    return Collections.unmodifiableList(elements);
  }

  private static String lsn(long position) {
    return (Long.toHexString(position >>> 32) + "/" + Long.toHexString(position & 0xFFFFFFFFL))
        .toUpperCase(Locale.ROOT);
  }

  /** ISO-8601 in which every part has its own sign; the largest unit of each part comes first. */
  static String interval(int months, int days, long micros) {
    StringBuilder text = new StringBuilder("P");
    part(text, months / 12, 'Y');
    part(text, months % 12, 'M');
    part(text, days, 'D');
    if (micros != 0) {
      text.append('T');
      part(text, micros / (3_600 * MICROS), 'H');
      part(text, micros / (60 * MICROS) % 60, 'M');
      long rest = micros % (60 * MICROS);
      if (rest != 0) {
        text.append(BigDecimal.valueOf(rest, 6).stripTrailingZeros().toPlainString()).append('S');
      }
    }
    return text.length() == 1 ? "PT0S" : text.toString();
  }

  private static void part(StringBuilder text, long amount, char unit) {
    if (amount != 0) {
      text.append(amount).append(unit);
    }
  }
}

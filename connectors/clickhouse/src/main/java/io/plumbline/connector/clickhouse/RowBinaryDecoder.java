package io.plumbline.connector.clickhouse;

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
import java.util.Arrays;
import java.util.UUID;

/** The format RowBinary of a source column's type, read into canonical values. */
final class RowBinaryDecoder {
  /** The value's length stands in front of it. */
  static final int VARIABLE = -1;

  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long NANOS_PER_MICRO = 1_000;
  private static final long MICROS = 1_000_000;
  private static final long NANOS = 1_000_000_000;

  private final LogicalType type;

  /**
   * @param type what the source hands on
   */
  RowBinaryDecoder(LogicalType type) {
    this.type = type;
  }

  /** Bytes of a value of a type, or {@link #VARIABLE}. */
  static int width(LogicalType type) {
    return switch (type) {
      case BOOLEAN -> 1;
      case SMALLINT -> Short.BYTES;
      case INTEGER, OID, FLOAT32, DATE -> Integer.BYTES;
      case BIGINT, UINT64, XID8, DECIMAL_18_4, DOUBLE -> Long.BYTES;
      case TIME, TIMESTAMP, DATETIME64_9, ROWVERSION -> Long.BYTES;
      case INT128, DECIMAL_38_10, BINARY_16, UUID -> 2 * Long.BYTES;
      case INT256, DECIMAL_76_20 -> 4 * Long.BYTES;
      default -> VARIABLE;
    };
  }

  Object decode(byte[] b, int at, int length) {
    return switch (type) {
      case SMALLINT -> (long) (short) SHORT.get(b, at);
      case INTEGER -> (long) int4(b, at);
      case BIGINT -> int8(b, at);
      case OID -> Integer.toUnsignedLong(int4(b, at));
      case UINT64, XID8 -> new BigInteger(Long.toUnsignedString(int8(b, at)));
      case INT128, INT256 -> integer(b, at, length);
      case DECIMAL_18_4 -> BigDecimal.valueOf(int8(b, at), 4);
      case DECIMAL_38_10 -> new BigDecimal(integer(b, at, length), 10);
      case DECIMAL_76_20 -> new BigDecimal(integer(b, at, length), 20);
      case DOUBLE -> Double.longBitsToDouble(int8(b, at));
      case FLOAT32 -> Float.intBitsToFloat(int4(b, at));
      case DATE -> LocalDate.ofEpochDay(int4(b, at));
      case TIME -> LocalTime.ofNanoOfDay(int8(b, at) * NANOS_PER_MICRO);
      case TIMESTAMP -> time(int8(b, at), MICROS);
      case DATETIME64_9 -> time(int8(b, at), NANOS);
      case BOOLEAN -> b[at] != 0;
      case BINARY_16, ROWVERSION, VARBINARY_255, BLOB ->
          Bytes.of(Arrays.copyOfRange(b, at, at + length));
      case UUID -> new UUID(int8(b, at), int8(b, at + Long.BYTES));
      default -> new String(b, at, length, StandardCharsets.UTF_8);
    };
  }

  private static int int4(byte[] b, int at) {
    return (int) INT.get(b, at);
  }

  private static long int8(byte[] b, int at) {
    return (long) LONG.get(b, at);
  }

  private static BigInteger integer(byte[] b, int at, int length) {
    byte[] big = new byte[length];
    for (int i = 0; i < length; i++) {
      big[i] = b[at + length - 1 - i];
    }
    return new BigInteger(big);
  }

  private static LocalDateTime time(long ticks, long perSecond) {
    return LocalDateTime.ofEpochSecond(
        Math.floorDiv(ticks, perSecond),
        (int) (Math.floorMod(ticks, perSecond) * (NANOS / perSecond)),
        ZoneOffset.UTC);
  }
}

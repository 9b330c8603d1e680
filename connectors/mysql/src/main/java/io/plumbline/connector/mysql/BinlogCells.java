package io.plumbline.connector.mysql;

import io.plumbline.matrix.connector.ColumnContract;
import io.plumbline.matrix.dataset.Bytes;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;

/** What cells of Debezium's change events of a binary log mean. */
final class BinlogCells {
  private static final long MICROS = 1_000_000;

  private BinlogCells() {}

  static Object carried(ColumnContract column, Object value) {
    return switch (column.carried()) {
      case SMALLINT, INTEGER, BIGINT, OID -> ((Number) value).longValue();
      case XID8, UINT64, INT128 -> ((BigDecimal) value).toBigIntegerExact();
      case BOOLEAN -> ((Number) value).intValue() != 0;
      case DATE -> LocalDate.ofEpochDay((Integer) value);
      case TIME -> LocalTime.ofNanoOfDay((Long) value * 1_000);
      case TIMESTAMP, DATETIME2_7, DATETIME64_9 -> time((Long) value);
      case BIT_8 -> Integer.toBinaryString(0x100 | (((byte[]) value)[0] & 0xFF)).substring(1);
      case BINARY_16, VARBINARY_255, BLOB, ROWVERSION -> bytes((ByteBuffer) value);
      default -> value;
    };
  }

  private static LocalDateTime time(long micros) {
    return LocalDateTime.ofEpochSecond(
        Math.floorDiv(micros, MICROS), (int) Math.floorMod(micros, MICROS) * 1_000, ZoneOffset.UTC);
  }

  private static Bytes bytes(ByteBuffer buffer) {
    byte[] content = new byte[buffer.remaining()];
    buffer.duplicate().get(content);
    return Bytes.of(content);
  }
}

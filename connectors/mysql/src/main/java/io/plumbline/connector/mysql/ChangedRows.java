package io.plumbline.connector.mysql;

import io.plumbline.connector.jdbc.JdbcException;
import io.plumbline.matrix.connector.CaseScope;
import io.plumbline.matrix.connector.ColumnContract;
import io.plumbline.matrix.connector.Op;
import io.plumbline.matrix.dataset.Absent;
import io.plumbline.matrix.dataset.Bytes;
import io.plumbline.matrix.dataset.Column;
import io.plumbline.matrix.dataset.LogicalType;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import org.apache.kafka.connect.data.Struct;

/** Makes rows of carried values from Debezium's change events. */
final class ChangedRows {
  private static final long MICROS = 1_000_000;

  private final CaseScope scope;

  ChangedRows(CaseScope scope) {
    this.scope = scope;
  }

  static String table(Struct event) {
    return event.getStruct("source").getString("table");
  }

  static Op op(Struct event) {
    return switch (event.getString("op")) {
      case "c" -> Op.INSERT;
      case "u" -> Op.UPDATE;
      case "d" -> Op.DELETE;
      default ->
          throw new JdbcException(
              "The binary log holds an operation '%s' that has no row."
                  .formatted(event.getString("op")));
    };
  }

  /** The new image; of a delete, a row with nothing but its key. */
  Object[] row(Struct event) {
    Object[] row = new Object[scope.columns().size()];
    if (op(event) == Op.DELETE) {
      row[Column.ID] = event.getStruct("before").getInt64("id");
      return row;
    }
    Struct after = event.getStruct("after");
    for (ColumnContract contract : scope.columns()) {
      int index = contract.column().index();
      if (!contract.atSource()) {
        row[index] = Absent.ABSENT;
        continue;
      }
      Object value = after.get(contract.column().name());
      if (value != null) {
        row[index] = carried(contract.carried(), value);
      }
    }
    return row;
  }

  private static Object carried(LogicalType type, Object value) {
    return switch (type) {
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

package io.plumbline.connector.postgres;

import io.plumbline.matrix.connector.CaseScope;
import io.plumbline.matrix.connector.ColumnContract;
import io.plumbline.matrix.connector.Op;
import io.plumbline.matrix.dataset.Absent;
import io.plumbline.matrix.dataset.Bytes;
import io.plumbline.matrix.dataset.Column;
import io.plumbline.matrix.dataset.LogicalType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.connect.data.Struct;

/** Makes rows of carried values from change events whose cells are text. */
final class ChangeRows {
  private static final int MOST_REMEMBERED = 1 << 12;

  private final CaseScope scope;
  private final List<Map<String, Object>> remembered;

  ChangeRows(CaseScope scope) {
    this.scope = scope;
    this.remembered =
        scope.columns().stream().<Map<String, Object>>map(c -> new HashMap<>()).toList();
  }

  Op op(Struct event) {
    return switch (event.getString("op")) {
      case "c", "r" -> Op.INSERT;
      case "u" -> Op.UPDATE;
      case "d" -> Op.DELETE;
      default ->
          throw new PostgresException(
              "The change log holds an operation '%s' that has no row."
                  .formatted(event.getString("op")));
    };
  }

  /** The new image; of a delete, a row with nothing but its key. */
  Object[] row(Struct event) {
    Object[] row = new Object[scope.columns().size()];
    if (op(event) == Op.DELETE) {
      row[Column.ID] = Long.valueOf(event.getStruct("before").getString("id"));
      return row;
    }
    Struct after = event.getStruct("after");
    for (ColumnContract contract : scope.columns()) {
      int index = contract.column().index();
      if (!contract.atSource()) {
        row[index] = Absent.ABSENT;
        continue;
      }
      String text = after.getString(contract.column().name());
      if (text != null) {
        row[index] = value(contract, text);
      }
    }
    return row;
  }

  private Object value(ColumnContract contract, String text) {
    Map<String, Object> known = remembered.get(contract.column().index());
    Object value = known.get(text);
    if (value == null) {
      value = decode(contract.carried(), text);
      if (known.size() < MOST_REMEMBERED) {
        known.put(text, value);
      }
    }
    return value;
  }

  private static Object decode(LogicalType type, String text) {
    return switch (type) {
      case SMALLINT, INTEGER, BIGINT, OID -> Long.valueOf(text);
      case DOUBLE -> Double.valueOf(text);
      case FLOAT32 -> Float.valueOf(text);
      case DECIMAL_18_4, DECIMAL_38_10, DECIMAL_76_20 -> new BigDecimal(text);
      case UINT64, INT128, INT256, XID8 -> new BigInteger(text);
      case DATE -> LocalDate.parse(text);
      case TIME -> LocalTime.parse(text);
      case TIMESTAMP, DATETIME2_7, DATETIME64_9 -> LocalDateTime.parse(text);
      case TIMESTAMPTZ -> OffsetDateTime.parse(text);
      case BOOLEAN -> Boolean.valueOf(text);
      case BINARY_16, VARBINARY_255, BLOB, ROWVERSION -> Bytes.ofHex(text);
      case UUID -> UUID.fromString(text);
      case JSONB, MAP_TEXT, STRUCT, VARIANT -> JsonbText.normal(text);
      case INT_ARRAY, INT_MATRIX -> new ArrayText(text, Long::valueOf).value();
      case TEXT_ARRAY -> new ArrayText(text, element -> element).value();
      default -> text;
    };
  }
}

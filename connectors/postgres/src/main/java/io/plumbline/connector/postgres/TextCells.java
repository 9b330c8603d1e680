package io.plumbline.connector.postgres;

import io.plumbline.connector.debezium.ChangedRows;
import io.plumbline.matrix.connector.CaseScope;
import io.plumbline.matrix.connector.ColumnContract;
import io.plumbline.matrix.dataset.Bytes;
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

/** What the cells of change events mean, which are text; equal cells share one value. */
final class TextCells implements ChangedRows.Cells {
  private static final int MOST_REMEMBERED = 1 << 12;

  private final List<Map<String, Object>> remembered;

  TextCells(CaseScope scope) {
    this.remembered =
        scope.columns().stream().<Map<String, Object>>map(c -> new HashMap<>()).toList();
  }

  @Override
  public Object carried(ColumnContract column, Object cell) {
    Map<String, Object> known = remembered.get(column.column().index());
    String text = (String) cell;
    Object value = known.get(text);
    if (value == null) {
      value = decode(column.carried(), text);
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

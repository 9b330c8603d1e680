package io.plumbline.connector.postgres;

import io.plumbline.matrix.dataset.Bytes;
import io.plumbline.matrix.dataset.Column;
import io.plumbline.matrix.dataset.LogicalType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the inspector makes of a column's text. It has nothing in common with what the mover reads
 * or writes with: arrays and bytes are the driver's, jsonb is ordered by {@link InspectedJson}.
 */
final class InspectedCell {
  private static final int MOST_REMEMBERED = 1 << 12;

  private final LogicalType type;
  private final boolean remembering;
  private final Map<String, Object> remembered = new HashMap<>();

  InspectedCell(LogicalType type, Column column) {
    this.type = type;
    this.remembering = column.index() != Column.ID;
  }

  @Nullable Object read(ResultSet result, int index) throws SQLException {
    String text = result.getString(index);
    if (text == null) {
      return null;
    }
    if (!remembering) {
      return parse(text, result, index);
    }
    Object value = remembered.get(text);
    if (value == null) {
      value = parse(text, result, index);
      if (remembered.size() < MOST_REMEMBERED) {
        remembered.put(text, value);
      }
    }
    return value;
  }

  private Object parse(String text, ResultSet result, int index) throws SQLException {
    return switch (type) {
      case SMALLINT, INTEGER, BIGINT, OID -> Long.parseLong(text);
      case DECIMAL_18_4, DECIMAL_38_10, DECIMAL_76_20 -> new BigDecimal(text);
      case UINT64, INT128, INT256, XID8 -> new BigInteger(text);
      case DOUBLE -> Double.parseDouble(text);
      case FLOAT32 -> Float.parseFloat(text);
      case DATE -> LocalDate.parse(text);
      case TIME -> LocalTime.parse(text);
      case TIMESTAMP, DATETIME2_7, DATETIME64_9 -> LocalDateTime.parse(text.replace(' ', 'T'));
      case TIMESTAMPTZ ->
          LocalDateTime.parse(text.substring(0, text.lastIndexOf("+00")).replace(' ', 'T'))
              .atOffset(ZoneOffset.UTC);
      case BOOLEAN -> text.equals("t");
      case BINARY_16, VARBINARY_255, BLOB, ROWVERSION -> Bytes.of(result.getBytes(index));
      case JSONB, MAP_TEXT, STRUCT, VARIANT -> InspectedJson.ordered(text);
      case INT_ARRAY, TEXT_ARRAY, INT_MATRIX -> list((Object[]) result.getArray(index).getArray());
      case UUID -> UUID.fromString(text);
      default -> text;
    };
  }

  private static List<?> list(Object[] elements) {
    return Collections.unmodifiableList(
        Arrays.asList(
            Arrays.stream(elements).map(e -> e instanceof Object[] row ? list(row) : e).toArray()));
  }
}

package io.plumbline.connector.postgres;

import io.plumbline.matrix.connector.DecodedValues;
import io.plumbline.matrix.dataset.Bytes;
import io.plumbline.matrix.dataset.Column;
import io.plumbline.matrix.dataset.LogicalType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the inspector makes of a column's text. It has no conversion in common with what the mover
 * reads or writes with: arrays and bytes are the driver's, jsonb is ordered by {@link
 * InspectedJson}.
 */
final class InspectedCell {
  private final LogicalType type;
  private final ResultSet result;
  private final int index;
  private final DecodedValues known;

  /** A cell of a result whose columns come as text. */
  InspectedCell(LogicalType type, Column column, ResultSet result, int index) {
    this.type = type;
    this.result = result;
    this.index = index;
    this.known = new DecodedValues(this::parse, column.index() == Column.ID);
  }

  /** The cell of the result's current row. */
  @Nullable Object read() throws SQLException {
    byte[] cell = result.getBytes(index);
    return cell == null ? null : known.get(cell, 0, cell.length);
  }

  private Object parse(byte[] cell, int at, int length) {
    return switch (type) {
      case BINARY_16, VARBINARY_255, BLOB, ROWVERSION ->
          Bytes.of(Arrays.copyOfRange(cell, at, at + length));
      case INT_ARRAY, TEXT_ARRAY, INT_MATRIX -> array();
      default -> parse(new String(cell, at, length, StandardCharsets.UTF_8));
    };
  }

  private Object parse(String text) {
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
      case JSONB, MAP_TEXT, STRUCT, VARIANT -> InspectedJson.ordered(text);
      case UUID -> UUID.fromString(text);
      default -> text;
    };
  }

  private List<?> array() {
    try {
      return list((Object[]) result.getArray(index).getArray());
    } catch (SQLException e) {
      throw new PostgresException("An array of the target cannot be read.", e);
    }
  }

  private static List<?> list(Object[] elements) {
    return Collections.unmodifiableList(
        Arrays.asList(
            Arrays.stream(elements).map(e -> e instanceof Object[] row ? list(row) : e).toArray()));
  }
}

package io.plumbline.connector.jdbc;

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
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the inspector makes of a column's text. It has nothing in common with what the mover reads
 * or writes with.
 */
final class InspectedCell {
  private static final Set<String> TRUE = Set.of("1", "t", "true");

  private final LogicalType type;
  private final ParsedTexts texts;

  InspectedCell(LogicalType type, Column column) {
    this.type = type;
    this.texts = new ParsedTexts(this::parse, column.index() == Column.ID);
  }

  @Nullable Object read(ResultSet result, int index) throws SQLException {
    if (type.canonical() == Bytes.class) {
      byte[] bytes = result.getBytes(index);
      return bytes == null ? null : Bytes.of(bytes);
    }
    if (type == LogicalType.BIT_8) {
      byte[] bits = result.getBytes(index);
      return bits == null ? null : Integer.toBinaryString(0x100 | (bits[0] & 0xFF)).substring(1);
    }
    return texts.get(result.getString(index));
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
      case TIMESTAMP, DATETIME2_7, DATETIME64_9 -> time(text);
      case TIMESTAMPTZ, DATETIMEOFFSET_7 -> offsetTime(text);
      case BOOLEAN -> TRUE.contains(text.toLowerCase(Locale.ROOT));
      case UUID -> UUID.fromString(text);
      default -> text;
    };
  }

  static LocalDateTime time(String text) {
    return LocalDateTime.parse(text.replace(' ', 'T'));
  }

  private static OffsetDateTime offsetTime(String text) {
    int sign = Math.max(text.lastIndexOf('+'), text.lastIndexOf('-'));
    LocalDateTime local = time(text.substring(0, sign).strip());
    return local.atOffset(ZoneOffset.of(text.substring(sign)));
  }
}

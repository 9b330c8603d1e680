package io.plumbline.connector.clickhouse;

import io.plumbline.matrix.connector.DecodedValues;
import io.plumbline.matrix.dataset.Bytes;
import io.plumbline.matrix.dataset.Column;
import io.plumbline.matrix.dataset.LogicalType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the inspector makes of a column's text. It has no conversion in common with what the mover
 * reads or writes with.
 */
final class InspectedCell {
  /** NULL as it stands in tab-separated text. */
  static final String NULL = "\\N";

  private final LogicalType type;
  private final DecodedValues known;

  InspectedCell(LogicalType type, Column column) {
    this.type = type;
    this.known =
        new DecodedValues(
            (b, at, length) -> parse(new String(b, at, length, StandardCharsets.UTF_8)),
            column.index() == Column.ID);
  }

  /** What to select: bytes that are no text come as hexadecimal digits. */
  static String selected(LogicalType type, String quotedColumn) {
    return switch (type) {
      case BINARY_16, VARBINARY_255, BLOB, ROWVERSION -> "hex(" + quotedColumn + ")";
      default -> quotedColumn;
    };
  }

  @Nullable Object read(byte[] b, int at, int length) {
    return length == 2 && b[at] == '\\' && b[at + 1] == 'N' ? null : known.get(b, at, length);
  }

  private Object parse(String text) {
    return switch (type) {
      case SMALLINT, INTEGER, BIGINT, OID -> Long.parseLong(text);
      case UINT64, XID8, INT128, INT256 -> new BigInteger(text);
      // Printed without the zeros at its end.
      case DECIMAL_18_4 -> new BigDecimal(text).setScale(4);
      case DECIMAL_38_10 -> new BigDecimal(text).setScale(10);
      case DECIMAL_76_20 -> new BigDecimal(text).setScale(20);
      case DOUBLE -> Double.parseDouble(number(text));
      case FLOAT32 -> Float.parseFloat(number(text));
      case DATE -> LocalDate.parse(text);
      case TIME -> LocalTime.parse(text);
      case TIMESTAMP, DATETIME64_9 -> LocalDateTime.parse(text.replace(' ', 'T'));
      case BOOLEAN -> text.equals("true");
      case BINARY_16, VARBINARY_255, BLOB, ROWVERSION -> Bytes.ofHex(text);
      case UUID -> UUID.fromString(text);
      default -> unescaped(text);
    };
  }

  private static String number(String text) {
    return switch (text) {
      case "inf" -> "Infinity";
      case "-inf" -> "-Infinity";
      case "nan" -> "NaN";
      default -> text;
    };
  }

  private static String unescaped(String text) {
    if (text.indexOf('\\') < 0) {
      return text;
    }
    StringBuilder plain = new StringBuilder(text.length());
    boolean escape = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (escape) {
        int control = "bfrnt0".indexOf(c);
        plain.append(control < 0 ? c : "\b\f\r\n\t\0".charAt(control));
        escape = false;
      } else if (c == '\\') {
        escape = true;
      } else {
        plain.append(c);
      }
    }
    return plain.toString();
  }
}

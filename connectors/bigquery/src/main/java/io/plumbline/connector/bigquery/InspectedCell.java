package io.plumbline.connector.bigquery;

import io.plumbline.connector.jdbc.ParsedTexts;
import io.plumbline.matrix.dataset.Bytes;
import io.plumbline.matrix.dataset.Column;
import io.plumbline.matrix.dataset.LogicalType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What the inspector makes of a cell's text. It has no conversion in common with what the mover
 * writes with.
 */
final class InspectedCell {
  private final LogicalType type;
  private final ParsedTexts texts;

  InspectedCell(LogicalType type, Column column) {
    this.type = type;
    this.texts = new ParsedTexts(this::parse, column.index() == Column.ID);
  }

  /**
   * What to select, so that nothing depends on an option of the request: an instant is told in
   * seconds as a FLOAT64 otherwise.
   */
  static String selected(LogicalType type, String quotedColumn) {
    return switch (type) {
      case TIMESTAMPTZ -> "UNIX_MICROS(" + quotedColumn + ")";
      case BINARY_16, VARBINARY_255, BLOB, ROWVERSION -> "TO_HEX(" + quotedColumn + ")";
      default -> quotedColumn;
    };
  }

  @Nullable Object read(@Nullable String text) {
    return texts.get(text);
  }

  private Object parse(String text) {
    return switch (type) {
      case SMALLINT, INTEGER, BIGINT -> Long.parseLong(text);
      // Told without the zeros at their end.
      case UINT64, XID8, INT128 -> integer(text);
      case DECIMAL_18_4 -> new BigDecimal(text).setScale(4);
      case DECIMAL_38_10 -> new BigDecimal(text).setScale(10);
      case DOUBLE -> number(text);
      case DATE -> LocalDate.parse(text);
      case TIME -> LocalTime.parse(text);
      case TIMESTAMP, DATETIME2_7, DATETIME64_9 -> LocalDateTime.parse(text.replace(' ', 'T'));
      case TIMESTAMPTZ ->
          Instant.EPOCH.plus(Long.parseLong(text), ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
      case BOOLEAN -> Boolean.parseBoolean(text);
      case BINARY_16, VARBINARY_255, BLOB, ROWVERSION -> Bytes.ofHex(text);
      default -> text;
    };
  }

  private static BigInteger integer(String text) {
    return new BigDecimal(text).toBigIntegerExact();
  }

  private static double number(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "inf", "+inf", "infinity", "+infinity" -> Double.POSITIVE_INFINITY;
      case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
      case "nan" -> Double.NaN;
      default -> Double.parseDouble(text);
    };
  }
}

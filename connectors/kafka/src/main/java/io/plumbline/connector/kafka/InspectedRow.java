package io.plumbline.connector.kafka;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.plumbline.matrix.connector.ColumnContract;
import io.plumbline.matrix.dataset.Absent;
import io.plumbline.matrix.dataset.Bytes;
import io.plumbline.matrix.dataset.Column;
import io.plumbline.matrix.dataset.LogicalType;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the inspector makes of a record's value. It has nothing in common with what the mover reads
 * or writes with. Not thread-safe.
 */
final class InspectedRow {
  private static final JsonFactory JSON = new JsonFactory();
  private static final int MOST_LISTS = 1 << 12;

  private final Map<String, Cell> cells = new HashMap<>();
  private final int width;

  /** Numbers and texts apart: 5 and "5" are not the same. */
  private record Cell(
      Column column,
      LogicalType type,
      SeenTexts quoted,
      SeenTexts bare,
      Map<List<?>, List<?>> lists) {}

  InspectedRow(List<ColumnContract> contracts) {
    this.width = contracts.size();
    for (ColumnContract contract : contracts) {
      cells.put(
          contract.column().name(),
          new Cell(
              contract.column(),
              contract.stored(),
              new SeenTexts(),
              new SeenTexts(),
              new HashMap<>()));
    }
  }

  /** Cells by column index; {@link Absent} where the value has no such member. */
  Object[] cells(byte[] value) {
    Object[] row = new Object[width];
    Arrays.fill(row, Absent.ABSENT);
    try (JsonParser parser = JSON.createParser(value)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        Cell cell = cells.get(parser.currentName());
        if (cell == null) {
          throw new KafkaException(
              "The topic holds a row with the member '%s', which is no column."
                  .formatted(parser.currentName()));
        }
        parser.nextToken();
        row[cell.column().index()] = read(cell, parser);
      }
    } catch (IOException e) {
      throw new KafkaException("The topic holds a value that is no JSON.", e);
    }
    return row;
  }

  /** The names of a value's members. */
  static List<String> members(byte[] value) {
    List<String> names = new ArrayList<>();
    try (JsonParser parser = JSON.createParser(value)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        names.add(parser.currentName());
        parser.nextToken();
        parser.skipChildren();
      }
    } catch (IOException e) {
      throw new KafkaException("The topic holds a value that is no JSON.", e);
    }
    return names;
  }

  private static @Nullable Object read(Cell cell, JsonParser parser) throws IOException {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.VALUE_NULL) {
      return null;
    }
    if (token == JsonToken.START_ARRAY) {
      List<?> list = list(parser);
      if (cell.lists().size() < MOST_LISTS) {
        cell.lists().putIfAbsent(list, list);
      }
      return cell.lists().getOrDefault(list, list);
    }
    SeenTexts seen = token == JsonToken.VALUE_STRING ? cell.quoted() : cell.bare();
    char[] text = parser.getTextCharacters();
    int at = parser.getTextOffset();
    int length = parser.getTextLength();
    Object value = seen.get(text, at, length);
    if (value == null) {
      value = parse(cell.type(), token, new String(text, at, length));
      if (cell.column().index() != Column.ID) {
        seen.put(text, at, length, value);
      }
    }
    return value;
  }

  private static List<?> list(JsonParser parser) throws IOException {
    List<@Nullable Object> elements = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      elements.add(
          switch (parser.currentToken()) {
            case VALUE_NULL -> null;
            case START_ARRAY -> list(parser);
            case VALUE_NUMBER_INT -> parser.getLongValue();
            default -> parser.getText();
          });
    }
    return Collections.unmodifiableList(elements);
  }

  /** A number where the type has text, or the other way round, is left as it is: a difference. */
  private static Object parse(LogicalType type, JsonToken token, String text) {
    boolean quoted = token == JsonToken.VALUE_STRING;
    return switch (type) {
      case SMALLINT, INTEGER, OID -> quoted ? text : Long.valueOf(text);
      case BIGINT -> quoted ? Long.valueOf(text) : "number " + text;
      case UINT64, INT128, INT256, XID8 -> quoted ? new BigInteger(text) : "number " + text;
      case DECIMAL_18_4, DECIMAL_38_10, DECIMAL_76_20 ->
          quoted ? new BigDecimal(text) : "number " + text;
      case DOUBLE -> Double.parseDouble(text);
      case FLOAT32 -> Float.parseFloat(text);
      case BOOLEAN -> quoted ? text : text.equals("true");
      case DATE -> LocalDate.parse(text);
      case TIME -> LocalTime.parse(text);
      case TIMESTAMP, DATETIME2_7, DATETIME64_9 -> LocalDateTime.parse(text);
      case TIMESTAMPTZ, DATETIMEOFFSET_7 -> OffsetDateTime.parse(text);
      case BINARY_16, VARBINARY_255, BLOB, ROWVERSION -> Bytes.of(Base64.getDecoder().decode(text));
      case UUID -> UUID.fromString(text);
      default -> quoted ? text : "number " + text;
    };
  }
}

package io.plumbline.connector.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.plumbline.matrix.connector.ColumnContract;
import io.plumbline.matrix.dataset.Absent;
import io.plumbline.matrix.dataset.Column;
import java.io.IOException;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads rows of carried values from JSON objects, whatever the order of their members. An object
 * that lacks a column, has one more, or holds something else than was declared is refused. Not
 * thread-safe.
 */
public final class JsonRowReader {
  private static final JsonFactory JSON = new JsonFactory();

  private final List<Column> columns;
  private final ValueCodec[] codecs;
  private final DecodedValues[] values;
  private final Map<String, Integer> places = new HashMap<>();
  private final Object[] blank;
  private final boolean[] seen;

  /** A reader of the columns that the source has. */
  public JsonRowReader(List<ColumnContract> contracts) {
    List<ColumnContract> present = contracts.stream().filter(ColumnContract::atSource).toList();
    this.columns = present.stream().map(ColumnContract::column).toList();
    this.codecs = present.stream().map(c -> ValueCodec.of(c.carried())).toArray(ValueCodec[]::new);
    this.values =
        present.stream()
            .map(
                c -> new DecodedValues(ValueCodec.of(c.carried()), c.column().index() == Column.ID))
            .toArray(DecodedValues[]::new);
    for (int i = 0; i < columns.size(); i++) {
      places.put(columns.get(i).name(), i);
    }
    this.seen = new boolean[columns.size()];
    this.blank = new Object[contracts.size()];
    Arrays.fill(blank, Absent.ABSENT);
    present.forEach(c -> blank[c.column().index()] = null);
  }

  /** The row of a document; a row that nobody else holds. */
  public Object[] read(byte[] document) {
    try (JsonParser parser = JSON.createParser(document)) {
      parser.nextToken();
      Object[] row = read(parser);
      if (parser.nextToken() != null) {
        throw new JsonException("After the row there is more: %s.".formatted(parser.getText()));
      }
      return row;
    } catch (IOException e) {
      throw new JsonException("The row is no JSON: " + firstLine(e), e);
    }
  }

  /**
   * The row of the object at which a parser stands; the parser is left at its end.
   *
   * @throws IOException as the parser throws it
   */
  public Object[] read(JsonParser parser) throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw new JsonException(
          "A row is a JSON object, but there is %s.".formatted(parser.getText()));
    }
    Object[] row = blank.clone();
    Arrays.fill(seen, false);
    int found = 0;
    for (JsonToken token = parser.nextToken();
        token == JsonToken.FIELD_NAME;
        token = parser.nextToken()) {
      int place = place(parser.currentName(), found);
      if (seen[place]) {
        throw new JsonException(
            "A row has the member '%s' twice.".formatted(columns.get(place).name()));
      }
      seen[place] = true;
      found++;
      row[columns.get(place).index()] = cell(parser, parser.nextToken(), place);
    }
    if (found < columns.size()) {
      throw new JsonException("A row lacks the member '%s'.".formatted(firstUnseen()));
    }
    return row;
  }

  /** Members mostly come in the order of the columns. */
  private int place(String name, int expected) {
    if (expected < columns.size() && columns.get(expected).name().equals(name)) {
      return expected;
    }
    Integer place = places.get(name);
    if (place == null) {
      throw new JsonException("A row has the member '%s', which no column has.".formatted(name));
    }
    return place;
  }

  private String firstUnseen() {
    int place = 0;
    while (seen[place]) {
      place++;
    }
    return columns.get(place).name();
  }

  private @Nullable Object cell(JsonParser parser, JsonToken token, int place) throws IOException {
    if (token == JsonToken.VALUE_NULL) {
      return null;
    }
    ValueCodec codec = codecs[place];
    if (!codec.accepts(token)) {
      throw new JsonException(
          "Member '%s' holds %s, which is no %s."
              .formatted(columns.get(place).name(), parser.getText(), codec));
    }
    if (codec.nested()) {
      return values[place].shared(codec.decodeArray(parser));
    }
    try {
      return values[place].get(
          parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
    } catch (DateTimeParseException | IllegalArgumentException e) {
      throw new JsonException(
          "Member '%s' holds %s, which is no %s."
              .formatted(columns.get(place).name(), parser.getText(), codec),
          e);
    }
  }

  private static String firstLine(IOException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }
}

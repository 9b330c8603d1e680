package io.plumbline.connector.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.plumbline.matrix.connector.ColumnContract;
import io.plumbline.matrix.connector.DecodedValues;
import io.plumbline.matrix.dataset.Absent;
import io.plumbline.matrix.dataset.Column;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Reads rows of carried values from JSON objects, whatever the order of their members. An object
 * that lacks a column, has one more, or holds something else than was declared is refused. Equal
 * cells mostly share one value. Not thread-safe.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class JsonRowReader {
  private static final JsonFactory JSON = new JsonFactory();
  private static final VarHandle CHAR =
      MethodHandles.byteArrayViewVarHandle(char[].class, ByteOrder.nativeOrder());
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long QUOTES = ONES * '"';
  private static final long BACKSLASHES = ONES * '\\';
  private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);
  private static final int MOST_REMEMBERED = 1 << 12;

  private final List<Column> columns;
  private final ValueCodec[] codecs;
  private final byte[][] names;
  private final DecodedValues[] cells;
  private final DecodedValues[] texts;
  private final List<Map<Object, Object>> arrays;
  private final Map<String, Integer> places = new HashMap<>();
  private final int[] indices;
  private final Object[] blank;
  private final boolean[] seen;
  private byte[] scratch = new byte[1 << 8];

  /** A reader of the columns that the source has. */
  public JsonRowReader(List<ColumnContract> contracts) {
    List<ColumnContract> present = contracts.stream().filter(ColumnContract::atSource).toList();
    this.columns = present.stream().map(ColumnContract::column).toList();
    this.codecs = present.stream().map(c -> ValueCodec.of(c.carried())).toArray(ValueCodec[]::new);
    this.names =
        columns.stream()
            .map(c -> (",\"" + c.name() + "\":").getBytes(StandardCharsets.UTF_8))
            .toArray(byte[][]::new);
    this.indices = columns.stream().mapToInt(Column::index).toArray();
    this.cells = new DecodedValues[columns.size()];
    this.texts = new DecodedValues[columns.size()];
    this.arrays = columns.stream().<Map<Object, Object>>map(c -> new HashMap<>()).toList();
    for (int i = 0; i < columns.size(); i++) {
      int place = i;
      boolean distinct = indices[i] == Column.ID;
      places.put(columns.get(i).name(), i);
      cells[i] = new DecodedValues((b, at, length) -> decoded(b, at, length, place), distinct);
      texts[i] = new DecodedValues((b, at, length) -> value(text(b, at, length), place), distinct);
    }
    if (names.length > 0) {
      names[0][0] = '{';
    }
    this.seen = new boolean[columns.size()];
    this.blank = new Object[contracts.size()];
    Arrays.fill(blank, Absent.ABSENT);
    present.forEach(c -> blank[c.column().index()] = null);
  }

  /** The row of a document; an array that nobody else holds. */
  public Object[] read(byte[] document) {
    Object[] compact = readCompact(document);
    return compact == null ? readAny(document) : compact;
  }

  /**
   * Reads what most documents are: members in the order of the columns and without blanks, so that
   * a cell is known by its bytes.
   *
   * @return null when the document is written in another way
   */
  private Object @Nullable [] readCompact(byte[] document) {
    Object[] row = blank.clone();
    int at = 0;
    for (int place = 0; place < names.length; place++) {
      byte[] name = names[place];
      int begin = at + name.length;
      if (begin >= document.length || !Arrays.equals(name, 0, name.length, document, at, begin)) {
        return null;
      }
      at = endOfValue(document, begin);
      if (at > document.length) {
        return null;
      }
      if (!isNull(document, begin, at)) {
        row[indices[place]] = cells[place].get(document, begin, at - begin);
      }
    }
    return at == document.length - 1 && document[at] == '}' ? row : null;
  }

  private static boolean isNull(byte[] b, int begin, int end) {
    return b[begin] == 'n' && Arrays.equals(NULL, 0, NULL.length, b, begin, end);
  }

  private Object decoded(byte[] document, int at, int length, int place) {
    if (codecs[place].accepts(JsonToken.VALUE_STRING) && plain(document, at, length)) {
      return value(new String(document, at + 1, length - 2, StandardCharsets.US_ASCII), place);
    }
    try (JsonParser parser = JSON.createParser(document, at, length)) {
      Object value = scalarOrArray(parser, parser.nextToken(), place);
      if (parser.nextToken() != null) {
        throw new JsonException(
            "Member '%s' holds more than one value.".formatted(columns.get(place).name()));
      }
      return value;
    } catch (IOException e) {
      throw noJson(e);
    }
  }

  /** True for a text that stands as it is: no parser is needed for it. */
  private static boolean plain(byte[] b, int at, int length) {
    int end = at + length - 1;
    int i = at + 1;
    while (i < end && b[i] >= ' ' && b[i] != '\\') {
      i++;
    }
    return b[at] == '"' && i == end;
  }

  private Object value(String text, int place) {
    try {
      return codecs[place].decode(text);
    } catch (DateTimeParseException | IllegalArgumentException e) {
      throw notDeclared(text, place, e);
    }
  }

  /** The offset after the value that begins at an offset; beyond the end when it has none. */
  private static int endOfValue(byte[] b, int begin) {
    int depth = 0;
    int at = begin;
    do {
      if (at >= b.length) {
        return b.length + 1;
      }
      switch (b[at]) {
        case '"' -> at = endOfText(b, at);
        case '[' -> {
          depth++;
          at++;
        }
        case ']' -> {
          depth--;
          at++;
        }
        case ',' -> at++;
        default -> at = endOfWord(b, at);
      }
    } while (depth > 0);
    return at;
  }

  private static int endOfText(byte[] b, int quote) {
    int at = quoteOrBackslash(b, quote + 1);
    while (at < b.length && b[at] == '\\') {
      at = quoteOrBackslash(b, at + 2);
    }
    return at + 1;
  }

  /** Where the next of them is: most of a document's bytes are looked at eight at a time. */
  private static int quoteOrBackslash(byte[] b, int from) {
    int at = from;
    while (at + Long.BYTES <= b.length) {
      long word = (long) LONG.get(b, at);
      long marks = zeroBytes(word ^ QUOTES) | zeroBytes(word ^ BACKSLASHES);
      if (marks != 0) {
        return at + Long.numberOfTrailingZeros(marks) / Byte.SIZE;
      }
      at += Long.BYTES;
    }
    while (at < b.length && b[at] != '"' && b[at] != '\\') {
      at++;
    }
    return at;
  }

  /** Marks bytes that are zero, the lowest one always, and none below it. */
  private static long zeroBytes(long word) {
    return (word - ONES) & ~word & (ONES << 7);
  }

  private static int endOfWord(byte[] b, int begin) {
    int at = begin + 1;
    while (at < b.length && b[at] != ',' && b[at] != '}' && b[at] != ']') {
      at++;
    }
    return at;
  }

  private Object[] readAny(byte[] document) {
    try (JsonParser parser = JSON.createParser(document)) {
      parser.nextToken();
      Object[] row = read(parser);
      if (parser.nextToken() != null) {
        throw new JsonException("After the row there is more: %s.".formatted(parser.getText()));
      }
      return row;
    } catch (IOException e) {
      throw noJson(e);
    }
  }

  private static JsonException noJson(IOException e) {
    return new JsonException(
        "The row is no JSON: " + String.valueOf(e.getMessage()).lines().findFirst().orElse(""), e);
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
      int place = place(parser.currentName());
      if (seen[place]) {
        throw new JsonException(
            "A row has the member '%s' twice.".formatted(columns.get(place).name()));
      }
      seen[place] = true;
      found++;
      row[indices[place]] = cell(parser, parser.nextToken(), place);
    }
    if (found < columns.size()) {
      throw new JsonException("A row lacks the member '%s'.".formatted(firstUnseen()));
    }
    return row;
  }

  private int place(String name) {
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
    Object value = scalarOrArray(parser, token, place);
    return codecs[place].nested() ? shared(value, arrays.get(place)) : value;
  }

  private static Object shared(Object value, Map<Object, Object> known) {
    Object first = known.get(value);
    if (first == null && known.size() < MOST_REMEMBERED) {
      known.put(value, value);
    }
    return first == null ? value : first;
  }

  private Object scalarOrArray(JsonParser parser, @Nullable JsonToken token, int place)
      throws IOException {
    ValueCodec codec = codecs[place];
    if (token == null || !codec.accepts(token)) {
      throw notDeclared(parser.getText(), place, null);
    }
    if (codec.nested()) {
      return codec.decodeArray(parser);
    }
    int bytes = scratched(parser);
    return texts[place].get(scratch, 0, bytes);
  }

  /** Copies the token's characters, because what is remembered is known by its bytes. */
  private int scratched(JsonParser parser) throws IOException {
    char[] text = parser.getTextCharacters();
    int begin = parser.getTextOffset();
    int bytes = Character.BYTES * parser.getTextLength();
    if (scratch.length < bytes) {
      scratch = new byte[2 * bytes];
    }
    for (int at = 0; at < bytes; at += Character.BYTES) {
      CHAR.set(scratch, at, text[begin + at / Character.BYTES]);
    }
    return bytes;
  }

  /** Character by character: a charset has no bytes for half of a surrogate pair. */
  private static String text(byte[] b, int at, int length) {
    char[] text = new char[length / Character.BYTES];
    for (int i = 0; i < text.length; i++) {
      text[i] = (char) CHAR.get(b, at + i * Character.BYTES);
    }
    return new String(text);
  }

  private JsonException notDeclared(String text, int place, @Nullable Exception cause) {
    String message =
        "Member '%s' holds %s, which is no %s."
            .formatted(columns.get(place).name(), text, codecs[place]);
    return cause == null ? new JsonException(message) : new JsonException(message, cause);
  }
}

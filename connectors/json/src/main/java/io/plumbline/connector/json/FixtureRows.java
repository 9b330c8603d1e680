package io.plumbline.connector.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.plumbline.matrix.connector.ColumnContract;
import io.plumbline.matrix.dataset.Bytes;
import io.plumbline.matrix.dataset.Column;
import io.plumbline.matrix.dataset.LogicalType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalTime;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Rows of the data set as the fixtures of sources hand them out. The harness's own: it has nothing
 * in common with what the mover reads with. Not thread-safe.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class FixtureRows {
  private static final JsonFactory JSON = new JsonFactory();

  private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

  private final List<Column> columns;
  private final List<byte[]> names;
  private final List<Map<Object, byte[]>> known;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /** Rows with a member for every column that the source has. */
  public FixtureRows(List<ColumnContract> contracts) {
    this.columns =
        contracts.stream().filter(ColumnContract::atSource).map(ColumnContract::column).toList();
    this.names =
        columns.stream()
            .map(c -> (",\"" + c.name() + "\":").getBytes(StandardCharsets.UTF_8))
            .toList();
    this.known = columns.stream().<Map<Object, byte[]>>map(c -> new IdentityHashMap<>()).toList();
  }

  /** The UTF-8 of a row of the data set. */
  public byte[] json(Object[] row) {
    out.reset();
    for (int i = 0; i < columns.size(); i++) {
      out.writeBytes(names.get(i));
      out.writeBytes(cell(columns.get(i), row, known.get(i)));
    }
    out.write('}');
    byte[] json = out.toByteArray();
    json[0] = '{';
    return json;
  }

  private static byte[] cell(Column column, Object[] row, Map<Object, byte[]> known) {
    Object value = row[column.index()];
    if (value == null) {
      return NULL;
    }
    // Values of wide columns come from pools.
    return column.wide()
        ? known.computeIfAbsent(value, v -> bytes(column.type(), v))
        : bytes(column.type(), value);
  }

  private static byte[] bytes(LogicalType type, Object value) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      write(type, value, json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void write(LogicalType type, @Nullable Object value, JsonGenerator json)
      throws IOException {
    if (value == null) {
      json.writeNull();
    } else if (value instanceof List<?> list) {
      json.writeStartArray();
      for (Object element : list) {
        write(element instanceof Long ? LogicalType.INTEGER : LogicalType.TEXT, element, json);
      }
      json.writeEndArray();
    } else if (value instanceof Boolean truth) {
      json.writeBoolean(truth);
    } else if (value instanceof Long number && type != LogicalType.BIGINT) {
      json.writeNumber(number);
    } else if (value instanceof Double number) {
      // The generator quotes what is no number.
      json.writeNumber(number);
    } else if (value instanceof Float number) {
      json.writeNumber(number);
    } else if (value instanceof Bytes bytes) {
      json.writeBinary(bytes.toArray());
    } else {
      json.writeString(text(value));
    }
  }

  private static String text(Object value) {
    if (value instanceof BigDecimal number) {
      return number.toPlainString();
    }
    String text = value.toString();
    // Java leaves seconds out when they are zero, and RFC 3339 does not.
    if (value instanceof LocalTime) {
      return withSeconds(text, 0);
    }
    return value instanceof java.time.temporal.Temporal && text.indexOf('T') >= 0
        ? withSeconds(text, text.indexOf('T') + 1)
        : text;
  }

  private static String withSeconds(String text, int clock) {
    int afterMinutes = clock + "hh:mm".length();
    boolean there = text.startsWith(":", afterMinutes);
    return there ? text : text.substring(0, afterMinutes) + ":00" + text.substring(afterMinutes);
  }
}

package io.plumbline.connector.bigquery;

import com.google.api.client.http.ByteArrayContent;
import io.plumbline.matrix.connector.ColumnContract;
import io.plumbline.matrix.connector.EncodedValues;
import io.plumbline.matrix.dataset.Column;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a load as JSON objects, one a line, in parts that are few and large: a table takes 1,500
 * load jobs a day. A cell that is NULL is left out.
 */
final class RowWriter {
  static final int PART_BYTES = 16 << 20;

  private static final int FIRST_BYTES = 1 << 20;
  private static final byte[] END = ascii("}\n");

  private final Consumer<ByteArrayContent> parts;
  private final int partBytes;
  private final int[] sources;
  private final byte[][] names;
  private final EncodedValues[] values;
  private byte[] buffer = new byte[FIRST_BYTES];
  private int size;
  private long sequence;

  /**
   * Begins to write.
   *
   * @param partBytes a part is full when it has so many
   * @param parts takes a part, which is nobody's any more when it returns
   */
  RowWriter(List<ColumnContract> columns, int partBytes, Consumer<ByteArrayContent> parts) {
    this.parts = parts;
    this.partBytes = partBytes;
    this.sources = columns.stream().mapToInt(c -> c.column().index()).toArray();
    this.names =
        columns.stream().map(c -> ascii(",\"" + c.column().name() + "\":")).toArray(byte[][]::new);
    this.values =
        columns.stream()
            .map(
                c ->
                    new EncodedValues(
                        new JsonCell(c.sink())::encode, c.column().index() == Column.ID))
            .toArray(EncodedValues[]::new);
  }

  /**
   * Adds a row.
   *
   * @param deleted true when only its key counts
   */
  void add(Object[] row, boolean deleted) {
    if (size >= partBytes) {
      flush();
    }
    put(
        ascii(
            "{\"%s\":\"%d\",\"%s\":%s"
                .formatted(Target.SEQUENCE, sequence++, Target.DELETED, deleted)));
    for (int i = 0; i < sources.length; i++) {
      if (!deleted || sources[i] == Column.ID) {
        cell(i, row[sources[i]]);
      }
    }
    put(END);
  }

  private void cell(int place, @Nullable Object value) {
    if (value != null) {
      put(names[place]);
      put(values[place].of(value));
    }
  }

  private void put(byte[] bytes) {
    if (size + bytes.length > buffer.length) {
      buffer = Arrays.copyOf(buffer, Math.max(2 * buffer.length, size + bytes.length));
    }
    System.arraycopy(bytes, 0, buffer, size, bytes.length);
    size += bytes.length;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** Hands on what is left. */
  void flush() {
    if (size > 0) {
      parts.accept(new ByteArrayContent("application/octet-stream", buffer, 0, size));
      size = 0;
    }
  }
}

package io.plumbline.connector.json;

import io.plumbline.matrix.connector.ColumnContract;
import io.plumbline.matrix.connector.EncodedValues;
import io.plumbline.matrix.connector.TypeMapping.Declaration;
import io.plumbline.matrix.dataset.Column;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/** Writes rows as JSON objects with a member per column. Not thread-safe. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class JsonRowWriter {
  private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

  private final int[] cells;
  private final byte[][] names;
  private final EncodedValues[] values;
  private byte[] buffer = new byte[1 << 14];
  private int length;

  /**
   * A writer of some columns.
   *
   * @param columns the members, in their order
   * @param side the declaration that says how a column's values travel
   */
  public JsonRowWriter(List<ColumnContract> columns, Function<ColumnContract, Declaration> side) {
    this.cells = columns.stream().mapToInt(c -> c.column().index()).toArray();
    this.names =
        columns.stream()
            .map(c -> (",\"" + c.column().name() + "\":").getBytes(StandardCharsets.UTF_8))
            .toArray(byte[][]::new);
    this.values =
        columns.stream()
            .map(
                c ->
                    new EncodedValues(
                        ValueCodec.of(side.apply(c).type())::encode,
                        c.column().index() == Column.ID))
            .toArray(EncodedValues[]::new);
    if (names.length > 0) {
      names[0][0] = '{';
    }
  }

  /** The UTF-8 of a row; cells by column index, null is NULL. */
  public byte[] write(Object[] row) {
    length = 0;
    for (int i = 0; i < cells.length; i++) {
      append(names[i]);
      @Nullable Object value = row[cells[i]];
      append(value == null ? NULL : values[i].of(value));
    }
    append(cells.length == 0 ? new byte[] {'{', '}'} : new byte[] {'}'});
    return Arrays.copyOf(buffer, length);
  }

  private void append(byte[] bytes) {
    if (buffer.length - length < bytes.length) {
      buffer = Arrays.copyOf(buffer, 2 * (length + bytes.length));
    }
    System.arraycopy(bytes, 0, buffer, length, bytes.length);
    length += bytes.length;
  }
}

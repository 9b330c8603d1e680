package io.plumbline.connector.clickhouse;

import io.plumbline.matrix.connector.CaseScope;
import io.plumbline.matrix.connector.ColumnContract;
import io.plumbline.matrix.connector.DecodedValues;
import io.plumbline.matrix.dataset.Absent;
import io.plumbline.matrix.dataset.Column;
import io.plumbline.matrix.dataset.LogicalType;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.stream.Collectors;

/** Makes rows of carried values from a stream in RowBinary; of one read, on one thread. */
final class RowDecoder {
  private static final int BUFFER_BYTES = 1 << 18;
  private static final int VARINT_BITS = 7;
  private static final int VARINT_MORE = 0x80;

  private final List<ColumnContract> selected;
  private final DecodedValues[] values;
  private final int[] targets;
  private final int[] widths;
  private final boolean[] nullable;
  private final Object[] blank;

  private byte[] buffer = new byte[BUFFER_BYTES];
  private int at;
  private int end;
  private boolean ended;

  RowDecoder(CaseScope scope) {
    this.selected = scope.columns().stream().filter(ColumnContract::atSource).toList();
    int count = selected.size();
    this.values = new DecodedValues[count];
    this.targets = new int[count];
    this.widths = new int[count];
    this.nullable = new boolean[count];
    for (int i = 0; i < count; i++) {
      Column column = selected.get(i).column();
      LogicalType type = selected.get(i).carried();
      values[i] =
          new DecodedValues(new RowBinaryDecoder(type)::decode, column.index() == Column.ID);
      targets[i] = column.index();
      widths[i] = RowBinaryDecoder.width(type);
      nullable[i] = column.wide();
    }
    this.blank = new Object[scope.columns().size()];
    for (ColumnContract contract : scope.columns()) {
      if (!contract.atSource()) {
        blank[contract.column().index()] = Absent.ABSENT;
      }
    }
  }

  /** What to select, in the order in which {@link #read} expects the cells. */
  String selectList() {
    return selected.stream()
        .map(c -> ClickhouseTypes.DIALECT.quote(c.column().name()))
        .collect(Collectors.joining(", "));
  }

  /** True when there is another row; reads ahead. */
  boolean hasNext(InputStream in) throws IOException {
    return at < end || fill(in, 1);
  }

  /**
   * The next row.
   *
   * @throws IOException also when the stream ends in the middle of it
   */
  Object[] read(InputStream in) throws IOException {
    Object[] row = blank.clone();
    for (int i = 0; i < targets.length; i++) {
      if (!nullable[i] || int1(in) == 0) {
        int length = widths[i] == RowBinaryDecoder.VARIABLE ? varint(in) : widths[i];
        require(in, length);
        row[targets[i]] = values[i].get(buffer, at, length);
        at += length;
      }
    }
    return row;
  }

  private int int1(InputStream in) throws IOException {
    require(in, 1);
    return buffer[at++];
  }

  private int varint(InputStream in) throws IOException {
    int value = 0;
    for (int shift = 0; ; shift += VARINT_BITS) {
      int next = int1(in);
      value |= (next & (VARINT_MORE - 1)) << shift;
      if ((next & VARINT_MORE) == 0) {
        return value;
      }
    }
  }

  private void require(InputStream in, int bytes) throws IOException {
    if (end - at < bytes && !fill(in, bytes)) {
      throw new IOException("The result ends in the middle of a row.");
    }
  }

  /** Moves what is left to the front and reads until so many bytes are there. */
  private boolean fill(InputStream in, int bytes) throws IOException {
    int left = end - at;
    byte[] next = bytes > buffer.length ? new byte[bytes] : buffer;
    System.arraycopy(buffer, at, next, 0, left);
    buffer = next;
    at = 0;
    end = left;
    while (end < bytes && !ended) {
      int count = in.read(buffer, end, buffer.length - end);
      ended = count < 0;
      end += Math.max(0, count);
    }
    return end >= bytes;
  }
}

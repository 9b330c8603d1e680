package io.plumbline.connector.postgres;

import io.plumbline.matrix.connector.ColumnContract;
import io.plumbline.matrix.connector.EncodedValues;
import io.plumbline.matrix.connector.Fidelity;
import io.plumbline.matrix.connector.TypeMapping;
import io.plumbline.matrix.dataset.Column;
import io.plumbline.matrix.dataset.LogicalType;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.copy.CopyIn;

/** Rows of a load in {@code COPY … FROM STDIN (FORMAT binary)}. */
final class CopyWriter {
  private static final int FLUSH_BYTES = 128 * 1024;
  private static final byte[] SIGNATURE =
      "PGCOPY\n\u00ff\r\n\0".getBytes(StandardCharsets.ISO_8859_1);
  private static final int TRAILER = -1;

  private final Session session;
  private final CopyIn copy;
  private final int[] sources;
  private final EncodedValues[] values;
  private final @Nullable List<byte[]> added;
  private final ByteSink out = new ByteSink(2 * FLUSH_BYTES);
  private long sequence;

  /**
   * Begins to copy.
   *
   * @param added cells at the end of each row; null when rows are staged, which have a sequence
   *     number and a mark of deletion in front instead
   */
  CopyWriter(
      Session session, String sql, List<ColumnContract> columns, @Nullable List<byte[]> added) {
    this.session = session;
    this.sources = columns.stream().mapToInt(c -> c.column().index()).toArray();
    this.values =
        columns.stream()
            .map(c -> new EncodedValues(encoder(c.sink()), c.column().index() == Column.ID))
            .toArray(EncodedValues[]::new);
    this.added = added;
    try {
      this.copy = session.copy().copyIn(sql);
    } catch (SQLException e) {
      throw session.failure(e);
    }
    out.bytes(SIGNATURE);
    out.int4(0);
    out.int4(0);
  }

  static byte[] text(String value) {
    return cell(LogicalType.TEXT, value);
  }

  static byte[] timestamp(LocalDateTime value) {
    return cell(LogicalType.TIMESTAMP, value);
  }

  static byte[] flag(boolean value) {
    return cell(LogicalType.BOOLEAN, value);
  }

  static byte[] nothing() {
    return new byte[] {-1, -1, -1, -1};
  }

  private static byte[] cell(LogicalType type, Object value) {
    return encoder(new TypeMapping.Declaration(type, "", new Fidelity.Exact())).encode(value);
  }

  /** Length and bytes of a cell. */
  private static EncodedValues.Encoder encoder(TypeMapping.Declaration declaration) {
    BinaryEncoder encoder = new BinaryEncoder(declaration);
    ByteSink cell = new ByteSink(64);
    return value -> {
      cell.clear();
      int length = cell.beginLength();
      encoder.encode(value, cell);
      cell.endLength(length);
      return cell.toArray();
    };
  }

  /** A row of a new table. */
  void row(Object[] row) {
    List<byte[]> more = added == null ? List.of() : added;
    out.int2(sources.length + more.size());
    cells(row);
    more.forEach(out::bytes);
    flushWhenFull();
  }

  /** A row of the staging table; of a deleted row only the key is written. */
  void staged(Object[] row, boolean deleted) {
    out.int2(sources.length + 2);
    out.int4(Long.BYTES);
    out.int8(sequence++);
    out.int4(1);
    out.int1(deleted ? 1 : 0);
    if (deleted) {
      for (int i = 0; i < sources.length; i++) {
        cell(i, sources[i] == Column.ID ? row[Column.ID] : null);
      }
    } else {
      cells(row);
    }
    flushWhenFull();
  }

  private void cells(Object[] row) {
    for (int i = 0; i < sources.length; i++) {
      cell(i, row[sources[i]]);
    }
  }

  private void cell(int place, @Nullable Object value) {
    if (value == null) {
      out.int4(-1);
    } else {
      out.bytes(values[place].of(value));
    }
  }

  private void flushWhenFull() {
    if (out.size() >= FLUSH_BYTES) {
      flush();
    }
  }

  private void flush() {
    try {
      copy.writeToCopy(out.buffer(), 0, out.size());
      out.clear();
    } catch (SQLException e) {
      throw session.failure(e);
    }
  }

  void end() {
    out.int2(TRAILER);
    flush();
    try {
      copy.endCopy();
    } catch (SQLException e) {
      throw session.failure(e);
    }
  }
}

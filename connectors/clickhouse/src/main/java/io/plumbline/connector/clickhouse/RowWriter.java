package io.plumbline.connector.clickhouse;

import com.clickhouse.data.ClickHouseFormat;
import io.plumbline.matrix.connector.ColumnContract;
import io.plumbline.matrix.connector.EncodedValues;
import io.plumbline.matrix.dataset.Column;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Rows of a load, inserted in RowBinary in few large requests, as ClickHouse asks for. */
final class RowWriter {
  private static final int REQUEST_BYTES = 32 << 20;
  private static final int FIRST_BYTES = 1 << 20;

  private final Server server;
  private final String quotedTable;
  private final List<String> columns;
  private final int[] sources;
  private final EncodedValues[] values;
  private final byte[][] nothing;
  private final ByteSink out = new ByteSink(FIRST_BYTES);

  /**
   * Begins to insert.
   *
   * @param added names of the columns behind those of the row, as they stand in a statement
   */
  RowWriter(Server server, String quotedTable, List<ColumnContract> contracts, List<String> added) {
    this.server = server;
    this.quotedTable = quotedTable;
    this.columns =
        Stream.concat(
                contracts.stream().map(c -> ClickhouseTypes.DIALECT.quote(c.column().name())),
                added.stream())
            .toList();
    this.sources = contracts.stream().mapToInt(c -> c.column().index()).toArray();
    this.values =
        contracts.stream()
            .map(c -> new EncodedValues(RowWriter.encoder(c), c.column().index() == Column.ID))
            .toArray(EncodedValues[]::new);
    this.nothing = contracts.stream().map(RowWriter::nothing).toArray(byte[][]::new);
  }

  /** The bytes of a value; where there may be NULL, a mark in front says that it is none. */
  private static EncodedValues.Encoder encoder(ColumnContract contract) {
    RowBinaryEncoder encoder = new RowBinaryEncoder(contract.sink());
    ByteSink cell = new ByteSink(64);
    return value -> {
      cell.clear();
      if (contract.column().wide()) {
        cell.int1(0);
      }
      encoder.encode(value, cell);
      return cell.toArray();
    };
  }

  /** NULL, or where there is no NULL the type's zero. */
  private static byte[] nothing(ColumnContract contract) {
    return contract.column().wide()
        ? new byte[] {1}
        : new byte[RowBinaryDecoder.width(contract.sink().type())];
  }

  /**
   * Adds a row.
   *
   * @param added the cells of the added columns
   * @throws ClickhouseException when a cell is NULL that must not be
   */
  void row(Object[] row, byte[] added) {
    for (int i = 0; i < sources.length; i++) {
      cell(i, row[sources[i]]);
    }
    out.bytes(added);
    if (out.size() >= REQUEST_BYTES) {
      flush();
    }
  }

  /**
   * Adds a row of which only the key is known.
   *
   * @param added the cells of the added columns
   */
  void key(Object key, byte[] added) {
    for (int i = 0; i < sources.length; i++) {
      if (sources[i] == Column.ID) {
        cell(i, key);
      } else {
        out.bytes(nothing[i]);
      }
    }
    out.bytes(added);
  }

  private void cell(int place, @Nullable Object value) {
    if (value != null) {
      out.bytes(values[place].of(value));
    } else if (sources[place] >= Column.FIRST_WIDE) {
      out.bytes(nothing[place]);
    } else {
      throw new ClickhouseException("A column that must not be NULL got NULL.");
    }
  }

  void flush() {
    if (out.size() == 0) {
      return;
    }
    server.insert(
        quotedTable,
        columns,
        ClickHouseFormat.RowBinary,
        stream -> stream.write(out.buffer(), 0, out.size()));
    out.clear();
  }
}

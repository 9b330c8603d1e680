package io.plumbline.connector.jdbc;

import io.plumbline.matrix.connector.ColumnContract;
import io.plumbline.matrix.dataset.Column;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Prepared single-row INSERTs, sent many at a time: what every product understands. However wide
 * the table, a statement has no more parameters than a row has cells.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class BatchedInserts implements RowInserter {
  private static final int ROWS_PER_BATCH = 500;

  private final Session session;
  private final int[] sources;
  private final WrittenCell[] cells;
  private final List<AddedColumn> added;
  private final PreparedStatement statement;
  private int pending;

  /** As {@link RowInserter.Factory} says. */
  public BatchedInserts(
      Session session, String quotedTable, List<ColumnContract> data, List<AddedColumn> added) {
    this.session = session;
    this.sources = data.stream().mapToInt(c -> c.column().index()).toArray();
    this.cells = data.stream().map(c -> new WrittenCell(c.sink())).toArray(WrittenCell[]::new);
    this.added = List.copyOf(added);
    List<String> names =
        Stream.concat(
                data.stream().map(c -> session.dialect().sql().quote(c.column().name())),
                added.stream().map(AddedColumn::quotedName))
            .toList();
    try {
      this.statement =
          session
              .connection()
              .prepareStatement(
                  "INSERT INTO %s (%s) VALUES (%s)"
                      .formatted(
                          quotedTable,
                          String.join(", ", names),
                          names.stream().map(n -> "?").collect(Collectors.joining(", "))));
    } catch (SQLException e) {
      throw session.failure(e);
    }
  }

  @Override
  public void add(Object[] row, boolean keyOnly, @Nullable Object[] extra) {
    try {
      for (int i = 0; i < cells.length; i++) {
        boolean written = !keyOnly || sources[i] == Column.ID;
        cells[i].bind(statement, i + 1, written ? row[sources[i]] : null);
      }
      for (int i = 0; i < extra.length; i++) {
        bind(added.get(i).wire(), cells.length + i + 1, extra[i]);
      }
      statement.addBatch();
    } catch (SQLException e) {
      throw session.failure(e);
    }
    if (++pending == ROWS_PER_BATCH) {
      flush();
    }
  }

  private void bind(Wire wire, int parameter, @Nullable Object value) throws SQLException {
    if (value == null) {
      wire.bindNull(statement, parameter);
    } else {
      wire.bind(statement, parameter, value);
    }
  }

  @Override
  public void flush() {
    if (pending == 0) {
      return;
    }
    try {
      session.watched(statement, statement::executeBatch);
    } catch (SQLException e) {
      throw session.failure(e);
    }
    pending = 0;
  }

  @Override
  public void close() {
    try {
      statement.close();
    } catch (SQLException e) {
      throw session.failure(e);
    }
  }
}

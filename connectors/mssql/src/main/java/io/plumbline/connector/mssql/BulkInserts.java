package io.plumbline.connector.mssql;

import com.microsoft.sqlserver.jdbc.SQLServerBulkCopy;
import com.microsoft.sqlserver.jdbc.SQLServerBulkCopyOptions;
import io.plumbline.connector.jdbc.PlainRows;
import io.plumbline.connector.jdbc.RowInserter;
import io.plumbline.connector.jdbc.Session;
import io.plumbline.matrix.connector.ColumnContract;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Bulk copy, batch by batch in the session's transaction ("Using bulk copy with the JDBC driver",
 * {@code https://learn.microsoft.com/en-us/sql/connect/jdbc/using-bulk-copy-with-the-jdbc-driver}):
 * rows travel as rows and not as parameters, whose number is limited.
 */
final class BulkInserts implements RowInserter {
  private static final int ROWS_PER_BATCH = 1_000;
  private static final Duration LIMIT = Duration.ofMinutes(10);

  private final Session session;
  private final SQLServerBulkCopy copy;
  private final PlainRows rows;
  private final List<BulkColumn> columns;
  private final List<@Nullable Object[]> pending = new ArrayList<>(ROWS_PER_BATCH);

  /** As {@link RowInserter.Factory} says. */
  BulkInserts(
      Session session, String quotedTable, List<ColumnContract> data, List<AddedColumn> added) {
    this.session = session;
    this.copy = session.uncancellable(() -> copyInto(session, quotedTable));
    this.rows = new PlainRows(data, added);
    this.columns = rows.types().stream().map(BulkColumn::of).toList();
  }

  /** It asks what the table is like once, and goes on with that. */
  private static SQLServerBulkCopy copyInto(Session session, String quotedTable)
      throws SQLException {
    SQLServerBulkCopy copy = new SQLServerBulkCopy(session.connection());
    SQLServerBulkCopyOptions options = new SQLServerBulkCopyOptions();
    options.setBulkCopyTimeout((int) LIMIT.toSeconds());
    copy.setBulkCopyOptions(options);
    copy.setDestinationTableName(quotedTable);
    return copy;
  }

  @Override
  public void add(Object[] row, boolean keyOnly, @Nullable Object[] extra) {
    @Nullable Object[] cells = rows.row(row, keyOnly, extra);
    for (int i = 0; i < cells.length; i++) {
      cells[i] = columns.get(i).cell(cells[i]);
    }
    pending.add(cells);
    if (pending.size() == ROWS_PER_BATCH) {
      flush();
    }
  }

  @Override
  public void flush() {
    if (pending.isEmpty()) {
      return;
    }
    session.uncancellable(
        () -> {
          copy.writeToServer(new BulkBatch(columns, pending));
          return pending.size();
        });
    pending.clear();
  }

  @Override
  public void close() {
    copy.close();
  }
}

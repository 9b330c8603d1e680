package io.plumbline.connector.mssql;

import io.debezium.connector.sqlserver.Lsn;
import io.plumbline.connector.jdbc.CarriedRows;
import io.plumbline.connector.jdbc.JdbcException;
import io.plumbline.connector.jdbc.Session;
import io.plumbline.matrix.connector.CaseScope;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a change table, transaction by transaction, read as those of any table are: Debezium
 * hands dates and times over as {@code java.sql.Timestamp}, which has not all of them.
 */
final class ChangeImages implements AutoCloseable {
  private final Session session;
  private final CarriedRows rows;
  private final int columns;
  private final String query;
  private String transaction = "";
  private @Nullable PreparedStatement statement;
  private @Nullable ResultSet result;

  /**
   * Of a case's source.
   *
   * @param session owned from now on
   */
  ChangeImages(CaptureServer server, CaseScope scope, CapturedTable table, Session session) {
    this.session = session;
    this.rows = new CarriedRows(server.dialect(), scope);
    this.columns = (int) scope.columns().stream().filter(c -> c.atSource()).count();
    // 3 is an update's old row, which nobody needs.
    this.query =
        "SELECT %s, [__$seqval] FROM %s WHERE [__$start_lsn] = ? AND [__$operation] <> 3 ORDER BY [__$seqval], [__$operation]"
            .formatted(rows.selectList(), table.changes());
  }

  /**
   * The row of the next change.
   *
   * @param commit of its transaction, as Debezium writes it
   * @param change its place in it
   * @return a delete's old row, else the new one
   */
  Object[] next(String commit, String change) {
    return session.uncancellable(
        () -> {
          if (!transaction.equals(commit)) {
            begin(commit);
          }
          ResultSet at = result;
          if (at == null
              || !at.next()
              || !Lsn.valueOf(at.getBytes(columns + 1)).toString().equals(change)) {
            throw new JdbcException(
                "The change table has no row for change %s of commit %s, which Debezium has read."
                    .formatted(change, commit));
          }
          return rows.row(at);
        });
  }

  private void begin(String commit) throws SQLException {
    end();
    transaction = commit;
    PreparedStatement begun = session.connection().prepareStatement(query);
    statement = begun;
    begun.setBytes(1, Lsn.valueOf(commit).getBinary());
    result = begun.executeQuery();
  }

  private void end() throws SQLException {
    if (statement != null) {
      statement.close();
    }
  }

  /** Whoever stops in the middle of a transaction does not wait for the rest of it. */
  @Override
  public void close() {
    session.abort();
    session.close();
  }
}

package io.plumbline.connector.mssql;

import io.plumbline.connector.jdbc.CarriedRows;
import io.plumbline.connector.jdbc.CaseNames;
import io.plumbline.connector.jdbc.ChangeLog;
import io.plumbline.connector.jdbc.CursorExtraction;
import io.plumbline.connector.jdbc.JdbcException;
import io.plumbline.connector.jdbc.MoverSessions;
import io.plumbline.connector.jdbc.Session;
import io.plumbline.matrix.connector.CaseScope;
import io.plumbline.matrix.connector.Extraction;
import io.plumbline.matrix.connector.Op;
import io.plumbline.matrix.connector.Position;
import io.plumbline.matrix.connector.RowBatch;
import io.plumbline.matrix.dataset.Column;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * Change tracking of a server, as far as it is about one table: which keys were changed since a
 * version, and how; their rows are those of the table. So of several changes of a key between two
 * reads the last is seen. "Work with change tracking" ({@code
 * https://learn.microsoft.com/en-us/sql/relational-databases/track-changes/work-with-change-tracking-sql-server}).
 */
final class ChangeTracking implements ChangeLog {
  private static final String VERSION = "version";

  private final CaptureServer server;
  private final CaseScope scope;
  private final MoverSessions sessions;
  private final LockedTable table;

  ChangeTracking(CaptureServer server, CaseScope scope, CaseNames names, MoverSessions sessions) {
    this.server = server;
    this.scope = scope;
    this.sessions = sessions;
    this.table = new LockedTable(server.isolation(), sessions, names.quotedTable());
  }

  private static Position position(long version) {
    return Position.of(Map.of(VERSION, String.valueOf(version)));
  }

  @Override
  public Extraction snapshot(BiFunction<Session, Position, Extraction> read) {
    return table.snapshot(
        session ->
            session.execute(
                "IF NOT EXISTS (SELECT 1 FROM sys.change_tracking_tables WHERE object_id = OBJECT_ID(N'%1$s')) ALTER TABLE %1$s ENABLE CHANGE_TRACKING"
                    .formatted(table.table())),
        session -> position(currentVersion(session)),
        read);
  }

  private static long currentVersion(Session session) {
    return number(session, "SELECT CHANGE_TRACKING_CURRENT_VERSION()");
  }

  private static long number(Session session, String query) {
    return session.query(row -> row.getLong(1), query).get(0);
  }

  /**
   * Changes and rows are those of one point in time, which is not before the version. What is
   * changed between the two is left to the next read.
   */
  @Override
  public Extraction changes(Position from) {
    long known = Long.parseLong(from.require(VERSION));
    Session session = sessions.open();
    try {
      long version = currentVersion(session);
      table.look(session);
      long oldest =
          number(
              session,
              "SELECT CHANGE_TRACKING_MIN_VALID_VERSION(OBJECT_ID(N'%s'))"
                  .formatted(table.table()));
      if (known < oldest) {
        throw new JdbcException(
            "Change tracking does not reach back to version %d any more, only to %d; the source has to be read as a whole again."
                .formatted(known, oldest));
      }
      CarriedRows rows = new CarriedRows(server.dialect(), scope);
      return new CursorExtraction(
          session,
          (row, batch) -> add(rows, row, batch),
          server.dialect().fetchRows(),
          """
          SELECT %1$s, [__operation], [__key]
          FROM (SELECT c.SYS_CHANGE_OPERATION AS [__operation], c.SYS_CHANGE_VERSION AS [__version], c.id AS [__key]
            FROM CHANGETABLE(CHANGES %2$s, %3$d) AS c WHERE c.SYS_CHANGE_VERSION <= %4$d) AS changed
          LEFT JOIN %2$s ON id = [__key] ORDER BY [__version], [__key]"""
              .formatted(rows.selectList(), table.table(), known, version),
          position(version));
    } catch (RuntimeException e) {
      try (session) {
        throw e;
      }
    }
  }

  private static void add(CarriedRows rows, ResultSet row, RowBatch batch) throws SQLException {
    String operation = row.getString("__operation");
    switch (operation) {
      case "I" -> batch.add(Op.INSERT, rows.row(row));
      case "U" -> batch.add(Op.UPDATE, rows.row(row));
      case "D" -> {
        Object[] deleted = new Object[rows.row(row).length];
        deleted[Column.ID] = row.getLong("__key");
        batch.add(Op.DELETE, deleted);
      }
      default ->
          throw new JdbcException(
              "Change tracking tells of an operation '%s' that has no row.".formatted(operation));
    }
  }
}

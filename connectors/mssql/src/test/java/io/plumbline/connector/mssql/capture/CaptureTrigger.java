package io.plumbline.connector.mssql.capture;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.h2.api.Trigger;
import org.jspecify.annotations.Nullable;

/**
 * Copies rows into a change table as SQL Server does, but at once; their LSN follows with the
 * commit. Made by H2, by name. It knows updates of one row only.
 */
public final class CaptureTrigger implements Trigger {
  private String table = "";
  private String changes = "";
  private String key = "";
  private boolean before;

  /** Called by H2. */
  public CaptureTrigger() {}

  @Override
  public void init(
      Connection connection, String schema, String trigger, String name, boolean early, int type)
      throws SQLException {
    table = "[%s].[%s]".formatted(schema, name);
    changes = Captures.changeTable(schema + "_" + name);
    before = early;
    try (ResultSet columns = connection.getMetaData().getColumns(null, schema, name, null)) {
      columns.next();
      key = columns.getString("COLUMN_NAME");
    }
  }

  @Override
  public void fire(Connection connection, Object @Nullable [] oldRow, Object @Nullable [] newRow)
      throws SQLException {
    if (before && oldRow != null) {
      copy(connection, newRow == null ? 1 : 3, "NEXT", oldRow[0]);
    } else if (!before && newRow != null) {
      // An update's two rows have one place in the transaction.
      copy(connection, oldRow == null ? 2 : 4, oldRow == null ? "NEXT" : "CURRENT", newRow[0]);
    }
  }

  /** Inside the server, so that no value is converted. */
  private void copy(Connection connection, int operation, String place, Object row)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO %s SELECT NULL, cdc.LSN(%s VALUE FOR cdc.places), %d, X'00', t.* FROM %s t WHERE t.[%s] = ?"
                .formatted(changes, place, operation, table, key))) {
      insert.setObject(1, row);
      insert.executeUpdate();
    }
  }
}

package io.plumbline.connector.jdbc;

import io.plumbline.matrix.connector.ColumnContract;
import io.plumbline.matrix.dataset.ChangeSet;
import io.plumbline.matrix.dataset.Column;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/** The documented changes as plain INSERT, UPDATE and DELETE, as an application makes them. */
@API(status = API.Status.INTERNAL, since = "0.1.0")
public final class RowStatements {
  private final SqlDialect dialect;
  private final String table;
  private final List<ColumnContract> columns;
  private final Binder cells;

  /** Gives a statement a cell. */
  @FunctionalInterface
  public interface Binder {
    /**
     * Sets a parameter.
     *
     * @param parameter from 1
     * @param value canonical, or null
     * @throws SQLException as the driver throws it
     */
    void bind(
        PreparedStatement statement, int parameter, ColumnContract column, @Nullable Object value)
        throws SQLException;
  }

  /**
   * Statements for one table.
   *
   * @param table quoted
   * @param columns those that the table has
   */
  public RowStatements(
      SqlDialect dialect, String table, List<ColumnContract> columns, Binder cells) {
    this.dialect = dialect;
    this.table = table;
    this.columns = List.copyOf(columns);
    this.cells = cells;
  }

  /**
   * Makes one of the changes.
   *
   * @param row what the row is afterwards, or was before it is deleted
   * @throws SQLException as the driver throws it
   * @throws JdbcException when there was nothing to change
   */
  public void apply(
      Connection connection, ChangeSet changes, ChangeSet.Kind kind, long key, Object[] row)
      throws SQLException {
    switch (kind) {
      case INSERT -> insert(connection, row);
      case UPDATE -> update(connection, key, changes.dataset().row(key, 1), row);
      case DELETE ->
          execute(connection, "DELETE FROM %s WHERE id = ?".formatted(table), List.of(), row, key);
    }
  }

  private void insert(Connection connection, Object[] row) throws SQLException {
    String names = columns.stream().map(this::quoted).collect(Collectors.joining(", "));
    String marks = columns.stream().map(c -> "?").collect(Collectors.joining(", "));
    execute(
        connection,
        "INSERT INTO %s (%s) VALUES (%s)".formatted(table, names, marks),
        columns,
        row,
        null);
  }

  /** Sets only what changes. */
  private void update(Connection connection, long key, Object[] before, Object[] after)
      throws SQLException {
    List<ColumnContract> changed =
        columns.stream()
            .filter(c -> c.column().index() != Column.ID)
            .filter(c -> !Objects.equals(before[c.column().index()], after[c.column().index()]))
            .toList();
    String assignments =
        changed.stream().map(c -> quoted(c) + " = ?").collect(Collectors.joining(", "));
    execute(
        connection,
        "UPDATE %s SET %s WHERE id = ?".formatted(table, assignments),
        changed,
        after,
        key);
  }

  private String quoted(ColumnContract contract) {
    return dialect.quote(contract.column().name());
  }

  private void execute(
      Connection connection,
      String sql,
      List<ColumnContract> bound,
      Object[] row,
      @Nullable Long key)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      int parameter = 0;
      for (ColumnContract contract : bound) {
        cells.bind(statement, ++parameter, contract, row[contract.column().index()]);
      }
      if (key != null) {
        statement.setLong(++parameter, key);
      }
      if (statement.executeUpdate() != 1) {
        throw new JdbcException(
            "The fixture changed nothing for key " + (key == null ? row[Column.ID] : key) + ".");
      }
    }
  }
}

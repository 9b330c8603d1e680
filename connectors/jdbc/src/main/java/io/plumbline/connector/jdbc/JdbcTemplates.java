package io.plumbline.connector.jdbc;

import io.plumbline.matrix.connector.CaseScope;
import io.plumbline.matrix.connector.ColumnContract;
import io.plumbline.matrix.dataset.Dataset;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;

/** Fills templates by plain INSERTs. */
final class JdbcTemplates implements SourceTemplates.Maker {
  private static final int ROWS_PER_BATCH = 200;
  private static final String NAME = "harness templates";

  private final JdbcDialect dialect;
  private final Endpoint endpoint;

  JdbcTemplates(JdbcDialect dialect, Endpoint endpoint) {
    this.dialect = dialect;
    this.endpoint = endpoint;
  }

  @Override
  public void make(String schema, CaseScope scope) {
    new CaseSchema(dialect, endpoint, schema).create();
    fill(new CaseNames(dialect.sql(), schema), scope);
  }

  @Override
  public void drop(String schema) {
    new CaseSchema(dialect, endpoint, schema).drop();
  }

  private void fill(CaseNames names, CaseScope scope) {
    TableDefinition table = TableDefinition.ofSource(dialect.sql(), scope.columns());
    List<ColumnContract> columns =
        scope.columns().stream().filter(ColumnContract::atSource).toList();
    List<FixtureCell> cells =
        columns.stream().map(c -> new FixtureCell(c.source(), dialect.fractionDigits())).toList();
    String insert =
        "INSERT INTO %s (%s) VALUES (%s)"
            .formatted(
                names.quotedTable(),
                table.columnList(),
                columns.stream().map(c -> "?").collect(Collectors.joining(", ")));
    Dataset dataset = scope.dataset();
    try (Session session = Session.open(dialect, endpoint, NAME)) {
      dialect.seeding().forEach(session::execute);
      session.execute(table.create(names.table()));
      session.begin();
      try (PreparedStatement statement = session.connection().prepareStatement(insert)) {
        for (long key = 1; key <= dataset.volume().rows(); key++) {
          Object[] row = dataset.row(key, 1);
          for (int i = 0; i < cells.size(); i++) {
            cells.get(i).bind(statement, i + 1, row[columns.get(i).column().index()]);
          }
          statement.addBatch();
          if (key % ROWS_PER_BATCH == 0) {
            statement.executeBatch();
          }
        }
        statement.executeBatch();
      } catch (SQLException e) {
        throw session.failure(e);
      }
      session.commit();
    }
  }
}

package io.plumbline.connector.jdbc;

import io.plumbline.matrix.connector.CaseScope;
import io.plumbline.matrix.connector.ColumnContract;
import io.plumbline.matrix.connector.TypeMapping;
import io.plumbline.matrix.dataset.Dataset;
import io.plumbline.matrix.dataset.Volume;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The base of each data set, filled once per run by plain INSERTs; the cases copy it inside the
 * server.
 */
final class SourceTemplates {
  private static final int ROWS_PER_BATCH = 200;
  private static final String NAME = "harness templates";

  private final JdbcDialect dialect;
  private final Endpoint endpoint;
  private final Map<Content, CaseNames> templates = new HashMap<>();

  SourceTemplates(JdbcDialect dialect, Endpoint endpoint) {
    this.dialect = dialect;
    this.endpoint = endpoint;
  }

  /** What decides a template's content; data sets of the same volume are the same function. */
  private record Content(Volume volume, List<TypeMapping.Declaration> columns) {}

  /**
   * The quoted path of a filled table.
   *
   * @return a table that nobody changes
   */
  synchronized String of(CaseScope scope) {
    Content content =
        new Content(
            scope.dataset().volume(),
            scope.columns().stream().map(ColumnContract::source).toList());
    CaseNames known = templates.get(content);
    if (known == null) {
      known =
          new CaseNames(
              dialect.sql(), "pl_%s_template%d".formatted(scope.runId(), templates.size() + 1));
      schema(known).create();
      templates.put(content, known);
      fill(known, scope);
    }
    return known.quotedTable();
  }

  private CaseSchema schema(CaseNames names) {
    return new CaseSchema(dialect, endpoint, names.schema());
  }

  private void fill(CaseNames names, CaseScope scope) {
    TableDefinition table = TableDefinition.ofSource(dialect.sql(), scope.columns());
    List<ColumnContract> columns =
        scope.columns().stream().filter(ColumnContract::atSource).toList();
    List<FixtureCell> cells = columns.stream().map(c -> new FixtureCell(c.source())).toList();
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

  /** Removes all templates. */
  synchronized void drop() {
    templates.values().forEach(names -> schema(names).drop());
    templates.clear();
  }
}

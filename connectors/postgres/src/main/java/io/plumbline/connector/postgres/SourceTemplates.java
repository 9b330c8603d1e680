package io.plumbline.connector.postgres;

import io.plumbline.connector.jdbc.TableDefinition;
import io.plumbline.matrix.connector.CaseScope;
import io.plumbline.matrix.connector.ColumnContract;
import io.plumbline.matrix.connector.TypeMapping;
import io.plumbline.matrix.dataset.Column;
import io.plumbline.matrix.dataset.Dataset;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The base of each data set, filled once per run by plain INSERTs of text; the cases copy it inside
 * the server.
 */
final class SourceTemplates {
  private static final int ROWS_PER_ROUND_TRIP = 200;
  private static final String NAME = "harness templates";

  private final Endpoint endpoint;
  private final Map<Content, String> templates = new HashMap<>();
  private int made;

  SourceTemplates(Endpoint endpoint) {
    this.endpoint = endpoint;
  }

  /** What decides a template's content; data sets of the same volume are the same function. */
  private record Content(
      io.plumbline.matrix.dataset.Volume volume, List<TypeMapping.Declaration> columns) {}

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
    String known = templates.get(content);
    if (known != null) {
      return known;
    }
    String schema = "pl_%s_template%d".formatted(scope.runId(), ++made);
    String path = schema + "." + CaseNames.TABLE;
    String quoted = PostgresTypes.DIALECT.quotePath(path);
    try (Session session = Session.open(endpoint, NAME)) {
      session.execute("DROP SCHEMA IF EXISTS %s CASCADE".formatted(schema));
      session.execute("CREATE SCHEMA " + schema);
      TableDefinition table = TableDefinition.ofSource(PostgresTypes.DIALECT, scope.columns());
      session.execute(table.create(path));
      fill(session, table, quoted, scope);
    } catch (RuntimeException e) {
      dropSchema(schema, e);
      throw e;
    }
    templates.put(content, quoted);
    return quoted;
  }

  /** What was not filled is of no use, and nobody knows of it. */
  private void dropSchema(String schema, RuntimeException failure) {
    try (Session session = Session.open(endpoint, NAME)) {
      session.execute("DROP SCHEMA IF EXISTS %s CASCADE".formatted(schema));
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
    }
  }

  private static void fill(
      Session session, TableDefinition table, String quotedPath, CaseScope scope) {
    Dataset dataset = scope.dataset();
    List<ColumnContract> columns =
        scope.columns().stream().filter(ColumnContract::atSource).toList();
    String insert =
        "INSERT INTO %s (%s) VALUES (%s)"
            .formatted(
                quotedPath,
                table.columnList(),
                columns.stream().map(c -> "?").collect(Collectors.joining(", ")));
    session.begin();
    try (PreparedStatement statement = session.connection().prepareStatement(insert)) {
      List<Map<Object, String>> texts =
          columns.stream()
              .<Map<Object, String>>map(c -> new java.util.IdentityHashMap<>())
              .toList();
      for (long key = 1; key <= dataset.volume().rows(); key++) {
        Object[] row = dataset.row(key, 1);
        for (int i = 0; i < columns.size(); i++) {
          statement.setString(i + 1, text(columns.get(i), row, texts.get(i)));
        }
        statement.addBatch();
        if (key % ROWS_PER_ROUND_TRIP == 0) {
          statement.executeBatch();
        }
      }
      statement.executeBatch();
    } catch (SQLException e) {
      throw session.failure(e);
    }
    session.commit();
  }

  private static @org.jspecify.annotations.Nullable String text(
      ColumnContract contract, Object[] row, Map<Object, String> known) {
    Object value = row[contract.column().index()];
    if (value == null || !contract.column().wide() || contract.column().index() == Column.ID) {
      return FixtureText.of(contract.source(), value);
    }
    return known.computeIfAbsent(
        value, v -> java.util.Objects.requireNonNull(FixtureText.of(contract.source(), v)));
  }

  /** Removes all templates. */
  synchronized void drop() {
    if (templates.isEmpty()) {
      return;
    }
    try (Session session = Session.open(endpoint, NAME)) {
      for (String path : templates.values()) {
        session.execute(
            "DROP SCHEMA IF EXISTS %s CASCADE".formatted(path.substring(0, path.indexOf('.'))));
      }
    }
    templates.clear();
  }
}

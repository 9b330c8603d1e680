package io.plumbline.connector.postgres;

import io.plumbline.connector.jdbc.SourceTemplates;
import io.plumbline.connector.jdbc.TableDefinition;
import io.plumbline.matrix.connector.CaseScope;
import io.plumbline.matrix.connector.ColumnContract;
import io.plumbline.matrix.dataset.Column;
import io.plumbline.matrix.dataset.Dataset;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Fills templates by plain INSERTs of text. */
record PostgresTemplates(Endpoint endpoint) implements SourceTemplates.Maker {
  private static final int ROWS_PER_ROUND_TRIP = 200;

  @Override
  public void make(String schema, CaseScope scope) {
    CaseNames names = new CaseNames(schema);
    new CaseSchema(endpoint, names).create();
    try (Session session = Session.open(endpoint, names.harness())) {
      TableDefinition table = TableDefinition.ofSource(PostgresTypes.DIALECT, scope.columns());
      session.execute(table.create(names.table()));
      fill(session, table, names.quotedTable(), scope);
    }
  }

  @Override
  public void drop(String schema) {
    new CaseSchema(endpoint, new CaseNames(schema)).drop();
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
          columns.stream().<Map<Object, String>>map(c -> new IdentityHashMap<>()).toList();
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

  private static @Nullable String text(
      ColumnContract contract, Object[] row, Map<Object, String> known) {
    Object value = row[contract.column().index()];
    if (value == null || !contract.column().wide() || contract.column().index() == Column.ID) {
      return FixtureText.of(contract.source(), value);
    }
    return known.computeIfAbsent(
        value, v -> Objects.requireNonNull(FixtureText.of(contract.source(), v)));
  }
}

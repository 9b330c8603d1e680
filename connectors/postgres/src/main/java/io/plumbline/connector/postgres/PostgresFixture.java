package io.plumbline.connector.postgres;

import io.plumbline.connector.jdbc.RowStatements;
import io.plumbline.connector.jdbc.SourceTemplates;
import io.plumbline.connector.jdbc.TableDefinition;
import io.plumbline.matrix.connector.CaseScope;
import io.plumbline.matrix.connector.ColumnContract;
import io.plumbline.matrix.connector.Fixture;
import io.plumbline.matrix.dataset.ChangeSet;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The harness's side of a source: plain INSERT, UPDATE and DELETE of text. */
final class PostgresFixture implements Fixture {
  private final Endpoint endpoint;
  private final CaseScope scope;
  private final CaseNames names;
  private final SourceTemplates templates;
  private final RowStatements statements;

  PostgresFixture(Endpoint endpoint, CaseScope scope, CaseNames names, SourceTemplates templates) {
    this.endpoint = endpoint;
    this.scope = scope;
    this.names = names;
    this.templates = templates;
    this.statements =
        new RowStatements(
            PostgresTypes.DIALECT,
            names.quotedTable(),
            scope.columns().stream().filter(ColumnContract::atSource).toList(),
            PostgresFixture::bind);
  }

  @Override
  public void seed() {
    String template = new CaseNames(templates.of(scope)).quotedTable();
    TableDefinition table = TableDefinition.ofSource(PostgresTypes.DIALECT, scope.columns());
    try (Session session = Session.open(endpoint, names.harness())) {
      session.execute("DROP TABLE IF EXISTS " + names.quotedTable());
      session.execute(table.createBare(names.table()));
      session.execute(
          "INSERT INTO %s SELECT * FROM %s ORDER BY id".formatted(names.quotedTable(), template));
      table.addKey(names.table()).forEach(session::execute);
    }
  }

  @Override
  public PendingChanges begin(ChangeSet changes) {
    Session session = Session.open(endpoint, names.harness());
    try {
      session.begin();
      // A transaction gets its id only when it needs one; a window must see this one as running.
      session.text("SELECT pg_current_xact_id()");
      changes.forEach((kind, key, row) -> change(session, changes, kind, key, row));
      return new OpenTransaction(session);
    } catch (RuntimeException e) {
      try (session) {
        throw e;
      }
    }
  }

  private void change(
      Session session, ChangeSet changes, ChangeSet.Kind kind, long key, Object[] row) {
    try {
      statements.apply(session.connection(), changes, kind, key, row);
    } catch (SQLException e) {
      throw session.failure(e);
    }
  }

  private static void bind(
      PreparedStatement statement, int parameter, ColumnContract column, @Nullable Object value)
      throws SQLException {
    statement.setString(parameter, FixtureText.of(column.source(), value));
  }

  private record OpenTransaction(Session session) implements PendingChanges {
    @Override
    public void commit() {
      session.commit();
    }

    @Override
    public void close() {
      session.close();
    }
  }
}

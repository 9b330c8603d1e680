package io.plumbline.connector.jdbc;

import io.plumbline.matrix.connector.CaseScope;
import io.plumbline.matrix.connector.ColumnContract;
import io.plumbline.matrix.connector.Fixture;
import io.plumbline.matrix.dataset.ChangeSet;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The harness's side of a source: plain INSERT, UPDATE and DELETE. */
final class JdbcFixture implements Fixture {
  private final JdbcDialect dialect;
  private final Endpoint endpoint;
  private final CaseScope scope;
  private final CaseNames names;
  private final SourceTemplates templates;
  private final RowStatements statements;

  JdbcFixture(
      JdbcDialect dialect,
      Endpoint endpoint,
      CaseScope scope,
      CaseNames names,
      SourceTemplates templates) {
    this.dialect = dialect;
    this.endpoint = endpoint;
    this.scope = scope;
    this.names = names;
    this.templates = templates;
    this.statements =
        new RowStatements(
            dialect.sql(),
            names.quotedTable(),
            scope.columns().stream().filter(ColumnContract::atSource).toList(),
            this::bind);
  }

  @Override
  public void seed() {
    String template = new CaseNames(dialect.sql(), templates.of(scope)).quotedTable();
    TableDefinition table = TableDefinition.ofSource(dialect.sql(), scope.columns());
    try (Session session = open()) {
      dialect.seeding().forEach(session::execute);
      session.execute("DROP TABLE IF EXISTS " + names.quotedTable());
      session.execute(table.create(names.table()));
      session.execute(
          "INSERT INTO %s SELECT * FROM %s ORDER BY id".formatted(names.quotedTable(), template));
    }
  }

  private Session open() {
    return Session.open(dialect, endpoint, "harness " + names.schema());
  }

  @Override
  public PendingChanges begin(ChangeSet changes) {
    Session session = open();
    try {
      session.begin();
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

  private void bind(
      PreparedStatement statement, int parameter, ColumnContract column, @Nullable Object value)
      throws SQLException {
    new FixtureCell(column.source(), dialect.fractionDigits()).bind(statement, parameter, value);
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

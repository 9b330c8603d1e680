package io.plumbline.connector.jdbc;

import io.plumbline.matrix.connector.CaseScope;
import io.plumbline.matrix.connector.ColumnContract;
import io.plumbline.matrix.connector.Fixture;
import io.plumbline.matrix.dataset.ChangeSet;
import io.plumbline.matrix.dataset.Column;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The harness's side of a source: plain INSERT, UPDATE and DELETE. */
final class JdbcFixture implements Fixture {
  private final JdbcDialect dialect;
  private final Endpoint endpoint;
  private final CaseScope scope;
  private final CaseNames names;
  private final SourceTemplates templates;
  private final List<ColumnContract> columns;

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
    this.columns = scope.columns().stream().filter(ColumnContract::atSource).toList();
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
    switch (kind) {
      case INSERT -> insert(session, row);
      case UPDATE -> update(session, key, changes.dataset().row(key, 1), row);
      case DELETE ->
          session.update("DELETE FROM %s WHERE id = ?".formatted(names.quotedTable()), key);
    }
  }

  private void insert(Session session, Object[] row) {
    String list = columns.stream().map(this::quoted).collect(Collectors.joining(", "));
    String marks = columns.stream().map(c -> "?").collect(Collectors.joining(", "));
    write(
        session,
        "INSERT INTO %s (%s) VALUES (%s)".formatted(names.quotedTable(), list, marks),
        columns,
        row,
        null);
  }

  /** Sets only what changes, as an application would. */
  private void update(Session session, long key, Object[] before, Object[] after) {
    List<ColumnContract> changed = new ArrayList<>();
    for (ColumnContract contract : columns) {
      int index = contract.column().index();
      if (index != Column.ID && !Objects.equals(before[index], after[index])) {
        changed.add(contract);
      }
    }
    String assignments =
        changed.stream().map(c -> quoted(c) + " = ?").collect(Collectors.joining(", "));
    write(
        session,
        "UPDATE %s SET %s WHERE id = ?".formatted(names.quotedTable(), assignments),
        changed,
        after,
        key);
  }

  private String quoted(ColumnContract contract) {
    return dialect.sql().quote(contract.column().name());
  }

  private void write(
      Session session, String sql, List<ColumnContract> columns, Object[] row, @Nullable Long key) {
    try (PreparedStatement statement = session.connection().prepareStatement(sql)) {
      int parameter = 0;
      for (ColumnContract contract : columns) {
        new FixtureCell(contract.source(), dialect.fractionDigits())
            .bind(statement, ++parameter, row[contract.column().index()]);
      }
      if (key != null) {
        statement.setLong(++parameter, key);
      }
      if (statement.executeUpdate() != 1) {
        throw new JdbcException("The fixture changed nothing for key " + row[Column.ID] + ".");
      }
    } catch (SQLException e) {
      throw session.failure(e);
    }
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

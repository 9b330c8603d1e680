package io.plumbline.connector.jdbc;

import io.plumbline.matrix.connector.CaseScope;
import io.plumbline.matrix.connector.ColumnContract;
import io.plumbline.matrix.connector.Inspector;
import io.plumbline.matrix.connector.TargetLayout;
import io.plumbline.matrix.dataset.Absent;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads the target back with plain SELECTs whose cells arrive as text. SQL in general has neither a
 * version of a row nor a count of operations that could be asked for.
 */
final class JdbcInspector implements Inspector {
  private final JdbcDialect dialect;
  private final Endpoint endpoint;
  private final CaseScope scope;
  private final CaseNames names;

  JdbcInspector(JdbcDialect dialect, Endpoint endpoint, CaseScope scope, CaseNames names) {
    this.dialect = dialect;
    this.endpoint = endpoint;
    this.scope = scope;
    this.names = names;
  }

  @Override
  public Observability observability() {
    return new Observability(false, false, false);
  }

  private Session open() {
    return Session.open(dialect, endpoint, "harness " + names.schema());
  }

  @Override
  public List<String> columns() {
    try (Session session = open()) {
      // The load id is the writer's own bookkeeping, no part of what a pair promises.
      return columns(session).stream().filter(c -> !c.equals(TableDefinition.LOAD_ID)).toList();
    }
  }

  private List<String> columns(Session session) {
    return session.query(
        row -> row.getString(1), dialect.catalogue().columns(), names.schema(), CaseNames.TABLE);
  }

  @Override
  public void rows(RowVisitor visitor) {
    try (Session session = open()) {
      List<String> present = columns(session);
      if (present.isEmpty()) {
        return;
      }
      session.beginSnapshot();
      List<ColumnContract> selected =
          scope.columns().stream().filter(c -> present.contains(c.column().name())).toList();
      visit(session, selected, visitor);
    }
  }

  private void visit(Session session, List<ColumnContract> selected, RowVisitor visitor) {
    InspectedCell[] cells =
        selected.stream()
            .map(c -> new InspectedCell(c.stored(), c.column()))
            .toArray(InspectedCell[]::new);
    int[] targets = selected.stream().mapToInt(c -> c.column().index()).toArray();
    try (PreparedStatement statement = session.connection().prepareStatement(select(selected))) {
      statement.setFetchSize(dialect.fetchRows());
      try (ResultSet result = statement.executeQuery()) {
        while (result.next()) {
          Object[] row = new Object[scope.columns().size()];
          Arrays.fill(row, Absent.ABSENT);
          for (int i = 0; i < cells.length; i++) {
            row[targets[i]] = cells[i].read(result, i + 1);
          }
          visitor.row(row, 0, validity(result, cells.length + 1));
        }
      }
    } catch (SQLException e) {
      throw session.failure(e);
    }
  }

  private String select(List<ColumnContract> selected) {
    String list =
        selected.stream()
            .map(c -> dialect.selected(c.stored(), c.column().name()))
            .collect(Collectors.joining(", "));
    return "SELECT %s%s FROM %s ORDER BY id, %s"
        .formatted(
            list,
            history() ? ", valid_from, valid_to, is_current" : "",
            names.quotedTable(),
            history() ? TableDefinition.VALID_FROM : "updated_at, version");
  }

  private boolean history() {
    return scope.layout() == TargetLayout.HISTORY;
  }

  private @Nullable Validity validity(ResultSet result, int from) throws SQLException {
    if (!history()) {
      return null;
    }
    String end = result.getString(from + 1);
    return new Validity(
        InspectedCell.time(result.getString(from)),
        end == null ? null : InspectedCell.time(end),
        result.getBoolean(from + 2));
  }

  @Override
  public long physicalRows() {
    try (Session session = open()) {
      return columns(session).isEmpty()
          ? 0
          : session
              .query(row -> row.getLong(1), "SELECT COUNT(*) FROM " + names.quotedTable())
              .get(0);
    }
  }

  @Override
  public Optional<OperationCounts> operations() {
    return Optional.empty();
  }

  @Override
  public void events(long fromOffset, EventVisitor visitor) {
    // A table has none.
  }

  @Override
  public long endOffset() {
    return 0;
  }
}

package io.plumbline.connector.postgres;

import io.plumbline.connector.jdbc.TableDefinition;
import io.plumbline.matrix.connector.CaseScope;
import io.plumbline.matrix.connector.ColumnContract;
import io.plumbline.matrix.connector.Inspector;
import io.plumbline.matrix.connector.TargetLayout;
import io.plumbline.matrix.dataset.Absent;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGStatement;

/** Reads the target back with plain SELECTs whose cells arrive as text. */
final class PostgresInspector implements Inspector {
  private static final int FETCH_ROWS = 500;

  private final Endpoint endpoint;
  private final CaseScope scope;
  private final CaseNames names;
  private final CaseSchema schema;

  PostgresInspector(Endpoint endpoint, CaseScope scope, CaseNames names, CaseSchema schema) {
    this.endpoint = endpoint;
    this.scope = scope;
    this.names = names;
    this.schema = schema;
  }

  @Override
  public Observability observability() {
    return new Observability(true, true, false);
  }

  @Override
  public List<String> columns() {
    try (Session session = open()) {
      // The load id is the writer's own bookkeeping, no part of what a pair promises.
      return columns(session).stream().filter(c -> !c.equals(TableDefinition.LOAD_ID)).toList();
    }
  }

  private Session open() {
    return Session.open(endpoint, names.harness());
  }

  private List<String> columns(Session session) {
    return session.query(
        row -> row.getString(1),
        """
        SELECT column_name FROM information_schema.columns
        WHERE table_schema = ? AND table_name = ? ORDER BY ordinal_position
        """,
        names.schema(),
        CaseNames.TABLE);
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
      new Visit(session, selected, scope.layout() == TargetLayout.HISTORY).run(visitor);
    }
  }

  private final class Visit {
    private final Session session;
    private final List<ColumnContract> selected;
    private final boolean history;

    Visit(Session session, List<ColumnContract> selected, boolean history) {
      this.session = session;
      this.selected = selected;
      this.history = history;
    }

    void run(RowVisitor visitor) {
      try (PreparedStatement statement = session.connection().prepareStatement(sql())) {
        statement.setFetchSize(FETCH_ROWS);
        // Text always, however often the statement is executed.
        statement.unwrap(PGStatement.class).setPrepareThreshold(0);
        try (ResultSet result = statement.executeQuery()) {
          InspectedCell[] cells = cells(result);
          while (result.next()) {
            visitor.row(row(cells), token(result), validity(result));
          }
        }
      } catch (SQLException e) {
        throw session.failure(e);
      }
    }

    private String sql() {
      String list =
          selected.stream()
              .map(c -> PostgresTypes.DIALECT.quote(c.column().name()))
              .collect(Collectors.joining(", "));
      return "SELECT %s, xmin, ctid%s FROM %s ORDER BY id, %s"
          .formatted(
              list,
              history ? ", valid_from, valid_to, is_current" : "",
              names.quotedTable(),
              history ? TableDefinition.VALID_FROM : "updated_at, version");
    }

    private InspectedCell[] cells(ResultSet result) {
      InspectedCell[] cells = new InspectedCell[selected.size()];
      for (int i = 0; i < cells.length; i++) {
        ColumnContract contract = selected.get(i);
        cells[i] = new InspectedCell(contract.stored(), contract.column(), result, i + 1);
      }
      return cells;
    }

    private Object[] row(InspectedCell[] cells) throws SQLException {
      Object[] row = new Object[scope.columns().size()];
      if (selected.size() < row.length) {
        java.util.Arrays.fill(row, Absent.ABSENT);
      }
      for (int i = 0; i < cells.length; i++) {
        row[selected.get(i).column().index()] = cells[i].read();
      }
      return row;
    }

    private long token(ResultSet result) throws SQLException {
      String version =
          result.getString(selected.size() + 1) + result.getString(selected.size() + 2);
      // FNV-1a; never 0, which would mean "not observable".
      long hash = 0xCBF29CE484222325L;
      for (int i = 0; i < version.length(); i++) {
        hash = (hash ^ version.charAt(i)) * 0x100000001B3L;
      }
      return hash == 0 ? 1 : hash;
    }

    private @Nullable Validity validity(ResultSet result) throws SQLException {
      if (!history) {
        return null;
      }
      int from = selected.size() + 3;
      String end = result.getString(from + 1);
      return new Validity(
          time(result.getString(from)),
          end == null ? null : time(end),
          result.getString(from + 2).equals("t"));
    }

    private LocalDateTime time(String text) {
      return LocalDateTime.parse(text.replace(' ', 'T'));
    }
  }

  @Override
  public long physicalRows() {
    try (Session session = open()) {
      return columns(session).isEmpty()
          ? 0
          : session.number("SELECT count(*) FROM " + names.quotedTable());
    }
  }

  @Override
  public Optional<OperationCounts> operations() {
    try (Session session = open()) {
      schema.awaitMoversGone(session);
      session.execute("SET stats_fetch_consistency TO none");
      return session
          .query(
              row ->
                  new OperationCounts(
                      row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4)),
              """
              SELECT relid, n_tup_ins, n_tup_upd, n_tup_del FROM pg_stat_all_tables
              WHERE relid = to_regclass(?)
              """,
              names.table())
          .stream()
          .findFirst();
    }
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

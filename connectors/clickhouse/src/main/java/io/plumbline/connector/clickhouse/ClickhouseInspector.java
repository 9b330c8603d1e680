package io.plumbline.connector.clickhouse;

import com.clickhouse.data.ClickHouseFormat;
import io.plumbline.connector.jdbc.TableDefinition;
import io.plumbline.matrix.connector.CaseScope;
import io.plumbline.matrix.connector.ColumnContract;
import io.plumbline.matrix.connector.Inspector;
import io.plumbline.matrix.connector.TargetLayout;
import io.plumbline.matrix.dataset.Absent;
import java.io.IOException;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads the target back with plain SELECTs whose cells arrive as tab-separated text, the last
 * version of each row only ({@code FINAL}).
 */
final class ClickhouseInspector implements Inspector {
  private static final Set<String> BOOKKEEPING =
      Set.of(TableDefinition.LOAD_ID, ClickhouseTable.VERSION, ClickhouseTable.DELETED);

  /** The place at which a row was inserted; merges keep it, a rewritten row has another. */
  private static final String TOKEN =
      "greatest(cityHash64(_partition_id, _block_number, _block_offset), 1)";

  private final Server server;
  private final CaseScope scope;
  private final CaseNames names;
  private final boolean history;

  ClickhouseInspector(Server server, CaseScope scope, CaseNames names) {
    this.server = server;
    this.scope = scope;
    this.names = names;
    this.history = scope.layout() == TargetLayout.HISTORY;
  }

  @Override
  public Observability observability() {
    return new Observability(true, false, false);
  }

  @Override
  public List<String> columns() {
    return server
        .rows(
            "SELECT name FROM system.columns WHERE database = '%s' AND table = '%s' ORDER BY position"
                .formatted(names.database(), CaseNames.TABLE))
        .stream()
        .map(row -> row.get(0))
        .filter(name -> !BOOKKEEPING.contains(name))
        .toList();
  }

  @Override
  public void rows(RowVisitor visitor) {
    List<String> present = columns();
    if (!present.isEmpty()) {
      new Visit(scope.columns().stream().filter(c -> present.contains(c.column().name())).toList())
          .run(visitor);
    }
  }

  private final class Visit {
    private final List<ColumnContract> selected;
    private final InspectedCell[] cells;

    Visit(List<ColumnContract> selected) {
      this.selected = selected;
      this.cells =
          selected.stream()
              .map(c -> new InspectedCell(c.stored(), c.column()))
              .toArray(InspectedCell[]::new);
    }

    void run(RowVisitor visitor) {
      try (Server.Result result = server.query(sql(), ClickHouseFormat.TabSeparated)) {
        TabSeparatedRows rows =
            new TabSeparatedRows(result.input(), selected.size() + (history ? 4 : 1));
        while (rows.next()) {
          visitor.row(
              row(rows), Long.parseUnsignedLong(rows.text(selected.size())), validity(rows));
        }
      } catch (IOException e) {
        throw server.failure(e);
      }
    }

    private String sql() {
      String list =
          selected.stream()
              .map(
                  c ->
                      InspectedCell.selected(
                          c.stored(), ClickhouseTypes.DIALECT.quote(c.column().name())))
              .collect(Collectors.joining(", "));
      return "SELECT %s, %s%s FROM %s%s ORDER BY %s"
          .formatted(
              list,
              TOKEN,
              history ? ", valid_from, valid_to, is_current" : "",
              ClickhouseTypes.DIALECT.quotePath(names.table()),
              scope.layout() == TargetLayout.APPEND ? "" : " FINAL",
              history ? "id, valid_from" : "id, updated_at, version");
    }

    private Object[] row(TabSeparatedRows rows) {
      Object[] row = new Object[scope.columns().size()];
      if (selected.size() < row.length) {
        Arrays.fill(row, Absent.ABSENT);
      }
      for (int i = 0; i < cells.length; i++) {
        row[selected.get(i).column().index()] =
            cells[i].read(rows.bytes(), rows.begin(i), rows.length(i));
      }
      return row;
    }

    private @Nullable Validity validity(TabSeparatedRows rows) {
      if (!history) {
        return null;
      }
      int from = selected.size() + 1;
      String end = rows.text(from + 1);
      return new Validity(
          time(rows.text(from)),
          end.equals(InspectedCell.NULL) ? null : time(end),
          rows.text(from + 2).equals("true"));
    }

    private LocalDateTime time(String text) {
      return LocalDateTime.parse(text.replace(' ', 'T'));
    }
  }

  @Override
  public long physicalRows() {
    return columns().isEmpty()
        ? 0
        : server.number("SELECT count() FROM " + ClickhouseTypes.DIALECT.quotePath(names.table()));
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

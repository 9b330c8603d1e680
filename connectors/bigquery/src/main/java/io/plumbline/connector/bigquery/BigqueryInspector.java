package io.plumbline.connector.bigquery;

import io.plumbline.connector.jdbc.TableDefinition;
import io.plumbline.matrix.connector.CaseScope;
import io.plumbline.matrix.connector.ColumnContract;
import io.plumbline.matrix.connector.Inspector;
import io.plumbline.matrix.connector.TargetLayout;
import io.plumbline.matrix.dataset.Absent;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads the target back with plain SELECTs. BigQuery tells neither the version of a row nor how
 * many rows a table has had inserted, changed and deleted.
 */
final class BigqueryInspector implements Inspector {
  private final Service service;
  private final CaseScope scope;
  private final CaseNames names;
  private final boolean history;

  BigqueryInspector(Service service, CaseScope scope, CaseNames names) {
    this.service = service;
    this.scope = scope;
    this.names = names;
    this.history = scope.layout() == TargetLayout.HISTORY;
  }

  @Override
  public List<String> columns() {
    // The load id is the writer's own bookkeeping, no part of what a pair promises.
    return service.columns(names.dataset(), CaseNames.TABLE).stream()
        .filter(name -> !name.equals(TableDefinition.LOAD_ID))
        .toList();
  }

  @Override
  public void rows(RowVisitor visitor) {
    List<String> present = columns();
    if (present.isEmpty()) {
      return;
    }
    List<ColumnContract> selected =
        scope.columns().stream().filter(c -> present.contains(c.column().name())).toList();
    InspectedCell[] cells =
        selected.stream()
            .map(c -> new InspectedCell(c.stored(), c.column()))
            .toArray(InspectedCell[]::new);
    service.select(
        query(selected),
        found -> {
          Object[] row = new Object[scope.columns().size()];
          Arrays.fill(row, Absent.ABSENT);
          for (int i = 0; i < cells.length; i++) {
            row[selected.get(i).column().index()] = cells[i].read(found.get(i));
          }
          visitor.row(row, 0, validity(found, cells.length));
        });
  }

  private String query(List<ColumnContract> selected) {
    return "SELECT %s%s FROM %s ORDER BY id, %s"
        .formatted(
            selected.stream()
                .map(c -> InspectedCell.selected(c.stored(), "`" + c.column().name() + "`"))
                .collect(Collectors.joining(", ")),
            history ? ", valid_from, valid_to, is_current" : "",
            names.quoted(CaseNames.TABLE),
            history ? "valid_from" : "updated_at, version");
  }

  private @Nullable Validity validity(List<@Nullable String> found, int from) {
    if (!history) {
      return null;
    }
    String end = found.get(from + 1);
    return new Validity(
        time(Objects.requireNonNull(found.get(from), "A version begins at some time.")),
        end == null ? null : time(end),
        Boolean.parseBoolean(found.get(from + 2)));
  }

  private static LocalDateTime time(String text) {
    return LocalDateTime.parse(text.replace(' ', 'T'));
  }

  @Override
  public long physicalRows() {
    if (columns().isEmpty()) {
      return 0;
    }
    long[] count = new long[1];
    service.select(
        "SELECT COUNT(*) FROM " + names.quoted(CaseNames.TABLE),
        found -> count[0] = Long.parseLong(String.valueOf(found.get(0))));
    return count[0];
  }
}

package io.plumbline.matrix.memory;

import io.plumbline.matrix.connector.Inspector;
import io.plumbline.matrix.connector.Inspector.Validity;
import io.plumbline.matrix.connector.LoadPlan;
import io.plumbline.matrix.connector.Op;
import io.plumbline.matrix.connector.TargetLayout;
import io.plumbline.matrix.dataset.Column;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A ClickHouse-like table: every write adds a physical row, and reading keeps the latest of each
 * sorting key ({@code FINAL}); partitions are dropped as a whole.
 */
final class CollapsingTarget implements MemoryTarget {
  private final TargetLayout layout;
  private List<Physical> rows = new ArrayList<>();
  private long writes;

  private record Physical(StoredRow row, boolean deleted) {}

  private record SortingKey(Long key, @Nullable LocalDateTime from) {}

  CollapsingTarget(TargetLayout layout) {
    this.layout = layout;
  }

  @Override
  public void publish(LoadPlan plan, List<Staged> staged) {
    switch (plan.action()) {
      case REPLACE_ALL -> rows = new ArrayList<>(staged.size());
      case REPLACE_WINDOW -> {
        Set<LocalDate> window = new HashSet<>(plan.window());
        rows.removeIf(p -> window.contains((LocalDate) p.row().cells()[Column.BUSINESS_DATE]));
      }
      case APPEND -> rows.removeIf(p -> p.row().loadId().equals(plan.loadId()));
      case HISTORY -> closeAll(plan, staged);
      case MERGE -> {}
    }
    boolean history = layout == TargetLayout.HISTORY;
    for (Staged row : staged) {
      boolean delete = row.op() == Op.DELETE;
      if (!delete || !history) {
        Validity validity = history ? new Validity(plan.effectiveAt(), null, true) : null;
        rows.add(
            new Physical(
                new StoredRow(row.cells(), ++writes, plan.loadId(), validity, null), delete));
      }
    }
  }

  private void closeAll(LoadPlan plan, List<Staged> staged) {
    Set<Long> keys = new HashSet<>();
    staged.forEach(row -> keys.add((Long) row.cells()[Column.ID]));
    List<StoredRow> open = new ArrayList<>();
    rows(
        row -> {
          if (row.live() && keys.contains(row.key())) {
            open.add(row);
          }
        });
    for (StoredRow row : open) {
      Validity validity = row.validity();
      Validity closed =
          validity == null ? null : new Validity(validity.from(), plan.effectiveAt(), false);
      rows.add(
          new Physical(new StoredRow(row.cells(), ++writes, row.loadId(), closed, null), false));
    }
  }

  @Override
  public void rows(Consumer<StoredRow> visitor) {
    if (layout == TargetLayout.APPEND) {
      rows.forEach(physical -> visitor.accept(physical.row()));
    } else if (layout == TargetLayout.HISTORY) {
      collapse(
          row -> new SortingKey(row.key(), row.validity() == null ? null : row.validity().from()),
          visitor);
    } else {
      collapse(StoredRow::key, visitor);
    }
  }

  private void collapse(Function<StoredRow, Object> sortingKey, Consumer<StoredRow> visitor) {
    Map<Object, Physical> latest = new HashMap<>(rows.size() * 2);
    rows.forEach(physical -> latest.put(sortingKey.apply(physical.row()), physical));
    for (Physical physical : latest.values()) {
      if (!physical.deleted()) {
        visitor.accept(physical.row());
      }
    }
  }

  @Override
  public long physicalRows() {
    return rows.size();
  }

  @Override
  public Optional<Inspector.OperationCounts> operations() {
    return Optional.empty();
  }

  @Override
  public Inspector.Observability observability() {
    return new Inspector.Observability(true, false, false);
  }
}

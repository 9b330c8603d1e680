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
import java.util.stream.Stream;
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
            new Physical(new StoredRow(row.cells(), ++writes, plan.loadId(), validity), delete));
      }
    }
  }

  private void closeAll(LoadPlan plan, List<Staged> staged) {
    Set<Long> keys = new HashSet<>();
    staged.forEach(row -> keys.add((Long) row.cells()[Column.ID]));
    rows()
        .filter(row -> row.live() && keys.contains(row.key()))
        .toList()
        .forEach(
            row -> {
              Validity open = row.validity();
              Validity closed =
                  open == null ? null : new Validity(open.from(), plan.effectiveAt(), false);
              rows.add(
                  new Physical(new StoredRow(row.cells(), ++writes, row.loadId(), closed), false));
            });
  }

  @Override
  public Stream<StoredRow> rows() {
    if (layout == TargetLayout.APPEND) {
      return rows.stream().map(Physical::row);
    }
    if (layout == TargetLayout.HISTORY) {
      Map<SortingKey, Physical> latest = new HashMap<>(rows.size() * 2);
      for (Physical physical : rows) {
        Validity validity = physical.row().validity();
        latest.put(
            new SortingKey(physical.row().key(), validity == null ? null : validity.from()),
            physical);
      }
      return latest.values().stream().map(Physical::row);
    }
    Map<Long, Physical> latest = new HashMap<>(rows.size() * 2);
    rows.forEach(physical -> latest.put(physical.row().key(), physical));
    return latest.values().stream().filter(p -> !p.deleted()).map(Physical::row);
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

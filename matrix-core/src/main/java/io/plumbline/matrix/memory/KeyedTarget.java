package io.plumbline.matrix.memory;

import io.plumbline.matrix.connector.Inspector;
import io.plumbline.matrix.connector.Inspector.Validity;
import io.plumbline.matrix.connector.LoadPlan;
import io.plumbline.matrix.connector.Op;
import io.plumbline.matrix.connector.TargetLayout;
import io.plumbline.matrix.connector.WriteAction;
import io.plumbline.matrix.dataset.Column;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A table changed in place: rows by key, several per key where the layout keeps versions. */
final class KeyedTarget implements MemoryTarget {
  private final TargetLayout layout;
  private Map<Long, StoredRow> newestByKey = new HashMap<>();
  private long writes;
  private long generation;
  private long inserts;
  private long updates;
  private long deletes;

  KeyedTarget(TargetLayout layout) {
    this.layout = layout;
  }

  @Override
  public void publish(LoadPlan plan, List<Staged> staged) {
    switch (plan.action()) {
      case REPLACE_ALL -> {
        newestByKey = new HashMap<>(staged.size() * 2);
        generation++;
        inserts = 0;
        updates = 0;
        deletes = 0;
      }
      case REPLACE_WINDOW -> {
        Set<LocalDate> window = new HashSet<>(plan.window());
        removeIf(row -> window.contains((LocalDate) row.cells()[Column.BUSINESS_DATE]));
      }
      case APPEND -> removeIf(row -> row.loadId().equals(plan.loadId()));
      case MERGE, HISTORY -> {}
    }
    boolean byKey = plan.action() == WriteAction.MERGE;
    boolean history = plan.action() == WriteAction.HISTORY;
    for (Staged row : staged) {
      Long key = (Long) row.cells()[Column.ID];
      boolean delete = row.op() == Op.DELETE;
      if (history) {
        newestByKey.computeIfPresent(
            key, (k, newest) -> withoutAttempt(newest, plan.effectiveAt()));
        close(key, plan);
      }
      if (delete) {
        if (byKey && newestByKey.remove(key) != null) {
          deletes++;
        }
        continue;
      }
      boolean update = byKey && newestByKey.containsKey(key);
      updates += update ? 1 : 0;
      inserts += update ? 0 : 1;
      newestByKey.put(
          key,
          new StoredRow(
              row.cells(),
              ++writes,
              plan.loadId(),
              validity(plan),
              update ? null : newestByKey.get(key)));
    }
  }

  private @Nullable Validity validity(LoadPlan plan) {
    return layout == TargetLayout.HISTORY ? new Validity(plan.effectiveAt(), null, true) : null;
  }

  /** Takes back what an earlier attempt of the same load did to a key. */
  private @Nullable StoredRow withoutAttempt(@Nullable StoredRow row, LocalDateTime at) {
    if (row == null) {
      return null;
    }
    StoredRow older = withoutAttempt(row.older(), at);
    Validity validity = row.validity();
    if (validity != null && validity.from().equals(at)) {
      deletes++;
      return older;
    }
    if (validity != null && at.equals(validity.to())) {
      updates++;
      return new StoredRow(
          row.cells(), ++writes, row.loadId(), new Validity(validity.from(), null, true), older);
    }
    return row.withOlder(older);
  }

  private void close(Long key, LoadPlan plan) {
    newestByKey.computeIfPresent(key, (k, newest) -> closed(newest, plan));
  }

  private StoredRow closed(StoredRow row, LoadPlan plan) {
    StoredRow older = row.older() == null ? null : closed(row.older(), plan);
    Validity validity = row.validity();
    if (validity == null || !validity.current()) {
      return row.withOlder(older);
    }
    updates++;
    return new StoredRow(
        row.cells(),
        ++writes,
        row.loadId(),
        new Validity(validity.from(), plan.effectiveAt(), false),
        older);
  }

  private void removeIf(Predicate<StoredRow> condition) {
    newestByKey.replaceAll((key, newest) -> without(newest, condition));
    newestByKey.values().removeIf(Objects::isNull);
  }

  private @Nullable StoredRow without(@Nullable StoredRow row, Predicate<StoredRow> condition) {
    if (row == null) {
      return null;
    }
    StoredRow older = without(row.older(), condition);
    if (condition.test(row)) {
      deletes++;
      return older;
    }
    return row.withOlder(older);
  }

  @Override
  public void rows(Consumer<StoredRow> visitor) {
    for (StoredRow newest : newestByKey.values()) {
      for (StoredRow row = newest; row != null; row = row.older()) {
        visitor.accept(row);
      }
    }
  }

  @Override
  public long physicalRows() {
    long[] count = new long[1];
    rows(row -> count[0]++);
    return count[0];
  }

  @Override
  public Optional<Inspector.OperationCounts> operations() {
    return Optional.of(new Inspector.OperationCounts(generation, inserts, updates, deletes));
  }

  @Override
  public Inspector.Observability observability() {
    return new Inspector.Observability(true, true, false);
  }
}

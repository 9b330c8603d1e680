package io.plumbline.matrix.memory;

import io.plumbline.matrix.connector.Inspector;
import io.plumbline.matrix.connector.Inspector.Validity;
import io.plumbline.matrix.connector.LoadPlan;
import io.plumbline.matrix.connector.TargetLayout;
import io.plumbline.matrix.dataset.Column;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A table changed in place: rows by key, several per key where the layout keeps versions. */
final class KeyedTarget implements MemoryTarget {
  private final TargetLayout layout;
  private Map<Long, List<StoredRow>> rowsByKey = new HashMap<>();
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
        rowsByKey = new HashMap<>(staged.size() * 2);
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
    boolean byKey = plan.action() == io.plumbline.matrix.connector.WriteAction.MERGE;
    boolean history = plan.action() == io.plumbline.matrix.connector.WriteAction.HISTORY;
    for (Staged row : staged) {
      Long key = (Long) row.cells()[Column.ID];
      boolean delete = row.op() == io.plumbline.matrix.connector.Op.DELETE;
      if (history) {
        close(key, plan);
      }
      if (delete) {
        if (byKey && rowsByKey.remove(key) != null) {
          deletes++;
        }
        continue;
      }
      StoredRow stored = new StoredRow(row.cells(), ++writes, plan.loadId(), validity(plan));
      if (byKey && rowsByKey.containsKey(key)) {
        updates++;
        rowsByKey.put(key, List.of(stored));
      } else {
        inserts++;
        add(key, stored);
      }
    }
  }

  private void add(Long key, StoredRow stored) {
    List<StoredRow> versions = rowsByKey.putIfAbsent(key, List.of(stored));
    if (versions != null) {
      List<StoredRow> more = new ArrayList<>(versions);
      more.add(stored);
      rowsByKey.put(key, more);
    }
  }

  private @org.jspecify.annotations.Nullable Validity validity(LoadPlan plan) {
    return layout == TargetLayout.HISTORY ? new Validity(plan.effectiveAt(), null, true) : null;
  }

  private void close(Long key, LoadPlan plan) {
    rowsByKey.computeIfPresent(
        key,
        (k, versions) ->
            versions.stream()
                .map(
                    row -> {
                      Validity validity = row.validity();
                      if (validity == null || !validity.current()) {
                        return row;
                      }
                      updates++;
                      return new StoredRow(
                          row.cells(),
                          ++writes,
                          row.loadId(),
                          new Validity(validity.from(), plan.effectiveAt(), false));
                    })
                .toList());
  }

  private void removeIf(java.util.function.Predicate<StoredRow> condition) {
    rowsByKey
        .values()
        .removeIf(
            versions -> {
              boolean removed = versions.stream().allMatch(condition);
              deletes += removed ? versions.size() : 0;
              return removed;
            });
    rowsByKey.replaceAll(
        (key, versions) -> {
          if (versions.size() == 1 || versions.stream().noneMatch(condition)) {
            return versions;
          }
          List<StoredRow> kept = versions.stream().filter(condition.negate()).toList();
          deletes += versions.size() - kept.size();
          return kept;
        });
  }

  @Override
  public Stream<StoredRow> rows() {
    return rowsByKey.values().stream().flatMap(List::stream);
  }

  @Override
  public long physicalRows() {
    return rows().count();
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

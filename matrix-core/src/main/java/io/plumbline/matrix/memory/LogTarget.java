package io.plumbline.matrix.memory;

import io.plumbline.matrix.connector.Inspector;
import io.plumbline.matrix.connector.Inspector.Event;
import io.plumbline.matrix.connector.LoadPlan;
import io.plumbline.matrix.connector.Op;
import io.plumbline.matrix.connector.TargetLayout;
import io.plumbline.matrix.connector.WriteAction;
import io.plumbline.matrix.dataset.Column;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * A Kafka-like topic: keyed events are only ever added. A load that replaces something opens a
 * generation with a mark, so that replacing by nothing is visible too; one that is written again
 * takes its earlier attempt back by a mark without a scope. Reading materialises: the latest
 * generation wins inside its scope, a delete event removes, a tombstone follows it.
 */
final class LogTarget implements MemoryTarget {
  private final TargetLayout layout;
  private final UnaryOperator<List<Event>> onTheirWay;
  private final List<Event> log = new ArrayList<>();

  /**
   * @param onTheirWay what becomes of a load's records between producer and topic
   */
  LogTarget(TargetLayout layout, UnaryOperator<List<Event>> onTheirWay) {
    this.layout = layout;
    this.onTheirWay = onTheirWay;
  }

  @Override
  public void publish(LoadPlan plan, List<Staged> staged) {
    String scope =
        plan.action() == WriteAction.REPLACE_ALL
            ? "*"
            : plan.window().stream().map(LocalDate::toString).collect(Collectors.joining(","));
    List<Event> records = new ArrayList<>(staged.size() + 1);
    if (scope.isEmpty() && isLast(plan.loadId())) {
      records.add(new Event(log.size(), null, null, plan.loadId(), scope, null));
    } else if (!scope.isEmpty()) {
      Op mark = scope.equals("*") ? Op.SNAPSHOT : Op.REPLACE;
      records.add(new Event(log.size(), mark, null, plan.loadId(), scope, null));
    }
    for (Staged row : staged) {
      Long key = (Long) row.cells()[Column.ID];
      boolean delete = row.op() == Op.DELETE;
      records.add(
          new Event(
              log.size() + records.size(),
              row.op(),
              key,
              plan.loadId(),
              scope,
              delete ? null : row.cells()));
      if (delete) {
        records.add(new Event(log.size() + records.size(), null, key, plan.loadId(), scope, null));
      }
    }
    for (Event record : onTheirWay.apply(records)) {
      log.add(record.offset() == log.size() ? record : at(log.size(), record));
    }
  }

  /** True when an earlier attempt of the load was the last to write. */
  private boolean isLast(String loadId) {
    return !log.isEmpty() && log.get(log.size() - 1).loadId().equals(loadId);
  }

  private static Event at(long offset, Event record) {
    return new Event(
        offset, record.op(), record.key(), record.loadId(), record.scope(), record.cells());
  }

  @Override
  public void rows(Consumer<StoredRow> visitor) {
    Map<Long, StoredRow> byKey = new HashMap<>();
    List<StoredRow> added = new ArrayList<>();
    for (Event event : log) {
      Object[] cells = event.cells();
      Long key = event.key();
      if (key == null) {
        open(event, byKey, added);
      } else if (cells == null) {
        byKey.remove(key);
      } else {
        StoredRow row = new StoredRow(cells, event.offset() + 1, event.loadId(), null, null);
        if (layout == TargetLayout.APPEND) {
          added.add(row);
        } else {
          byKey.put(key, row);
        }
      }
    }
    (layout == TargetLayout.APPEND ? added : byKey.values()).forEach(visitor);
  }

  private static void open(Event mark, Map<Long, StoredRow> byKey, List<StoredRow> added) {
    String scope = mark.scope();
    if (scope.equals("*")) {
      byKey.clear();
      added.clear();
    } else if (scope.isEmpty()) {
      byKey.values().removeIf(row -> row.loadId().equals(mark.loadId()));
      added.removeIf(row -> row.loadId().equals(mark.loadId()));
    } else {
      Set<LocalDate> dates =
          Arrays.stream(scope.split(",", -1)).map(LocalDate::parse).collect(Collectors.toSet());
      byKey.values().removeIf(row -> dates.contains((LocalDate) row.cells()[Column.BUSINESS_DATE]));
    }
  }

  @Override
  public long physicalRows() {
    return log.size();
  }

  @Override
  public Optional<Inspector.OperationCounts> operations() {
    return Optional.empty();
  }

  @Override
  public Inspector.Observability observability() {
    return new Inspector.Observability(true, false, true);
  }

  @Override
  public void events(long fromOffset, Inspector.EventVisitor visitor) {
    log.subList(Math.toIntExact(fromOffset), log.size()).forEach(visitor::event);
  }

  @Override
  public long endOffset() {
    return log.size();
  }
}

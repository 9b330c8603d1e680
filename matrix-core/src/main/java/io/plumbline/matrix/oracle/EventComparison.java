package io.plumbline.matrix.oracle;

import io.plumbline.matrix.dataset.Dataset;
import io.plumbline.matrix.dataset.RowClass;
import java.util.BitSet;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The pass over the events that a round added to a log: the multiset, the order, the tombstones.
 */
final class EventComparison implements Target.EventVisitor {
  static final String MARK = "generation";
  static final String TOMBSTONE = "tombstone";

  private final Dataset dataset;
  private final Expectation expectation;
  private final DeclaredRows declared;
  private final RowHasher hasher;
  private final BitSet seen = new BitSet();
  private final Map<String, Long> counts = new TreeMap<>();
  private long wrong;
  private long outOfOrder;
  private long lastKey;
  private boolean marked;
  private long pendingDelete;
  private long deletes;
  private long tombstonesAfterDelete;

  EventComparison(
      Dataset dataset, Expectation expectation, DeclaredRows declared, RowHasher hasher) {
    this.dataset = dataset;
    this.expectation = expectation;
    this.declared = declared;
    this.hasher = hasher;
  }

  @Override
  public void event(
      long offset, String op, @Nullable Long key, String scope, Object @Nullable [] cells) {
    if (key == null) {
      counts.merge(MARK, 1L, Long::sum);
      wrong += scope.equals(expectation.scope()) && !scope.isEmpty() ? 0 : 1;
      outOfOrder += lastKey == 0 ? 0 : 1;
      marked = true;
      return;
    }
    if (op.isEmpty()) {
      counts.merge(TOMBSTONE, 1L, Long::sum);
      tombstonesAfterDelete += pendingDelete == key ? 1 : 0;
      pendingDelete = 0;
      return;
    }
    counts.merge(op, 1L, Long::sum);
    RowClass rowClass = dataset.classOf(key);
    boolean known = rowClass != RowClass.FOREIGN && !seen.get(Math.toIntExact(key));
    Expectation.Event expected =
        known ? expectation.event(rowClass, dataset.dateOf(key)) : Expectation.Event.NONE;
    boolean right =
        expected.name().toLowerCase(Locale.ROOT).equals(op)
            && scope.equals(expectation.scope())
            && (expected == Expectation.Event.DELETE
                ? cells == null
                : sameRow(key, rowClass, cells));
    wrong += right ? 0 : 1;
    if (known) {
      seen.set(Math.toIntExact(key));
    }
    boolean inGeneration = !expectation.scope().isEmpty();
    outOfOrder += (inGeneration ? !marked : key <= lastKey) ? 1 : 0;
    lastKey = key;
    pendingDelete = 0;
    if (expected == Expectation.Event.DELETE) {
      deletes++;
      pendingDelete = key;
    }
  }

  private boolean sameRow(long key, RowClass rowClass, Object @Nullable [] cells) {
    int version = expectation.atSource(rowClass).changed() ? 2 : 1;
    return cells != null && declared.compare(key, version, cells, hasher, (c, e, a) -> {});
  }

  /** How many events of each kind, how many are wrong in kind, key or content. */
  String found() {
    return counts + ", wrong " + wrong;
  }

  /** As {@link #found}, as it must be. */
  String documented() {
    Map<String, Long> expected = new TreeMap<>();
    for (long key = 1; key <= dataset.maxKey(); key++) {
      Expectation.Event event = expectation.event(dataset.classOf(key), dataset.dateOf(key));
      if (event != Expectation.Event.NONE) {
        expected.merge(event.name().toLowerCase(Locale.ROOT), 1L, Long::sum);
      }
      if (event == Expectation.Event.DELETE) {
        expected.merge(TOMBSTONE, 1L, Long::sum);
      }
    }
    if (!expectation.scope().isEmpty()) {
      expected.merge(MARK, 1L, Long::sum);
    }
    return expected + ", wrong 0";
  }

  long outOfOrder() {
    return outOfOrder;
  }

  long deletes() {
    return deletes;
  }

  long tombstonesAfterDelete() {
    return tombstonesAfterDelete;
  }

  long events() {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }
}

package io.plumbline.matrix.defect;

import static io.plumbline.matrix.registry.Strategy.BACKFILL;
import static io.plumbline.matrix.registry.Strategy.CDC;
import static io.plumbline.matrix.registry.Strategy.FULL_REFRESH;
import static io.plumbline.matrix.registry.Strategy.INCREMENTAL_APPEND;
import static io.plumbline.matrix.registry.Strategy.INCREMENTAL_MERGE;
import static io.plumbline.matrix.registry.Strategy.PARTITION_REPLACE;
import static io.plumbline.matrix.registry.Strategy.REPLACE;
import static io.plumbline.matrix.registry.Strategy.SCD2;
import static io.plumbline.matrix.registry.Strategy.SNAPSHOT_DIFF;
import static io.plumbline.matrix.registry.Strategy.XMIN;

import io.plumbline.matrix.connector.Op;
import io.plumbline.matrix.connector.WriteAction;
import io.plumbline.matrix.dataset.Column;
import io.plumbline.matrix.oracle.Check;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.function.UnaryOperator;

/** Rows and operations that go wrong between the mover and the target. */
final class LoadDefects {
  /** Beyond the keys of every volume that a test uses. */
  private static final long FAR_AWAY = 2_000_000_000L;

  private static final int LOST_ROWS = 50;

  private LoadDefects() {}

  static List<Defect> all() {
    return List.of(
        Defect.of(
            "target-left-empty",
            "Every load is published without a row.",
            Check.ROW_COUNT,
            Fault.onEachLoad(LoadFault.of(d -> d.with(List.of())))),
        Defect.of(
            "load-does-nothing",
            "No load reaches the sink, not even to make the target.",
            Check.TARGET_COLUMNS,
            Fault.onEachLoad(d -> List.of())),
        Defect.of(
            "later-loads-do-nothing",
            "The first load works, no later one reaches the sink.",
            Check.UPDATES_APPLIED,
            Fault.onEachLoad(d -> d.first() ? List.of(d) : List.of())),
        Defect.of(
            "foreign-rows",
            "The right number of rows arrives, but under keys that the source does not have.",
            Check.NO_FOREIGN_KEYS,
            onRows(row -> row.delete() ? row : row.with(Column.ID, row.key() + FAR_AWAY))),
        Defect.of(
            "last-batch-lost",
            "The last 50 rows of every load are lost.",
            Check.ROW_COUNT,
            Fault.onEachLoad(
                LoadFault.of(
                    d -> d.with(d.rows().subList(0, Math.max(0, d.rows().size() - LOST_ROWS)))))),
        Defect.of(
            "one-row-lost",
            "The first row of the first load is lost.",
            Check.CONTENT_CHECKSUM,
            Fault.onEachLoad(
                LoadFault.of(d -> d.first() ? d.with(d.rows().subList(1, d.rows().size())) : d))),
        Defect.of(
            "batch-written-twice-on-retry",
            "The last 50 rows of a load are written again under another load id.",
            Check.NO_DUPLICATES,
            Fault.onEachLoad(
                d -> {
                  int from = Math.max(0, d.rows().size() - LOST_ROWS);
                  List<RowOp> last = d.rows().subList(from, d.rows().size());
                  return List.of(d, d.with(last).by(WriteAction.APPEND).named("-retry"));
                }),
            INCREMENTAL_APPEND),
        Defect.of(
            "first-snapshot-loaded-twice",
            "The first snapshot is loaded and then appended once more.",
            Check.ADDEND_SUM,
            Fault.onEachLoad(
                d -> d.first() ? List.of(d, d.by(WriteAction.APPEND).named("-again")) : List.of(d)),
            INCREMENTAL_APPEND),
        Defect.of(
            "replay-appends-again",
            "Every load appends the rows of the load before once more.",
            Check.REPLAY_IS_NOOP,
            Fault.onLoads(
                () ->
                    new LoadFault() {
                      private List<RowOp> before = List.of();

                      @Override
                      public List<Delivery> deliver(Delivery handedOver) {
                        List<RowOp> again = before;
                        before = handedOver.first() ? List.of() : handedOver.rows();
                        return List.of(handedOver.and(again));
                      }
                    }),
            INCREMENTAL_APPEND),
        Defect.of(
            "replay-loses-a-row",
            "Every load after the second loses its first row.",
            Check.REPLAY_IS_NOOP,
            Fault.onLoads(
                () ->
                    new LoadFault() {
                      private int loads;

                      @Override
                      public List<Delivery> deliver(Delivery handedOver) {
                        loads++;
                        return List.of(
                            loads > 2
                                ? handedOver.with(
                                    handedOver.rows().subList(1, handedOver.rows().size()))
                                : handedOver);
                      }
                    }),
            FULL_REFRESH,
            REPLACE),
        Defect.of(
            "amounts-accumulate",
            "An update adds to the amount that is there instead of replacing it.",
            Check.ADDEND_SUM,
            afterFirst(
                (known, row) -> {
                  RowOp before = known.of(row);
                  return before == null || row.delete()
                      ? row
                      : row.with(
                          Column.AMOUNT,
                          ((BigDecimal) row.row()[Column.AMOUNT])
                              .add((BigDecimal) before.row()[Column.AMOUNT]));
                })),
        Defect.of(
            "deletes-ignored",
            "Deletes never reach the target.",
            Check.DELETED_KEYS_ABSENT,
            Fault.onEachLoad(LoadFault.of(d -> d.keeping(row -> !row.delete()))),
            INCREMENTAL_MERGE,
            SNAPSHOT_DIFF,
            XMIN,
            CDC,
            SCD2),
        Defect.of(
            "deletes-hit-the-next-key",
            "A delete removes the key after the one it names.",
            Check.DELETED_KEYS_ABSENT,
            onRows(row -> row.delete() ? row.with(Column.ID, row.key() + 1) : row),
            INCREMENTAL_MERGE,
            SNAPSHOT_DIFF,
            XMIN,
            CDC,
            SCD2),
        Defect.of(
            "soft-delete-mark-lost",
            "The mark of a deleted row arrives as not deleted.",
            Check.CONTENT,
            onRows(row -> row.delete() ? row : row.with(Column.IS_DELETED, false)),
            INCREMENTAL_APPEND),
        Defect.of(
            "updates-ignored",
            "Rows whose key is in the target already are left as they are.",
            Check.UPDATES_APPLIED,
            dropped((known, row) -> !row.delete() && known.has(row)),
            INCREMENTAL_APPEND,
            INCREMENTAL_MERGE,
            SNAPSHOT_DIFF,
            XMIN,
            CDC,
            SCD2),
        Defect.of(
                "updates-insert-a-second-row",
                "An update adds a row of its key instead of replacing the one that is there.",
                Check.NO_DUPLICATES,
                Fault.onEachLoad(
                    LoadFault.later(d -> d.keeping(row -> !row.delete()).by(WriteAction.APPEND))),
                Defects.BY_KEY)
            .only(Defects::table),
        Defect.of(
            "inserts-ignored",
            "Rows of keys that the first load did not bring are lost.",
            Check.INSERTS_PRESENT,
            dropped((known, row) -> !row.delete() && !known.has(row))),
        Defect.of(
            "full-refresh-merges",
            "A full refresh writes by key and removes nothing.",
            Check.DELETED_KEYS_ABSENT,
            Fault.onEachLoad(LoadFault.later(d -> d.by(WriteAction.MERGE))),
            FULL_REFRESH),
        Defect.of(
            "window-not-emptied",
            "A replaced window is written by key and its deleted rows stay.",
            Check.DELETED_KEYS_ABSENT,
            Fault.onEachLoad(LoadFault.later(d -> d.by(WriteAction.MERGE))),
            REPLACE,
            PARTITION_REPLACE,
            BACKFILL),
        Defect.of(
            "neighbour-partition-wiped",
            "With a partition the one before it is emptied.",
            Check.UNTOUCHED_ROWS_UNTOUCHED,
            wipingTheDayBefore(),
            PARTITION_REPLACE,
            BACKFILL),
        Defect.of(
            "window-wipes-the-day-before",
            "With the window the day before it is emptied.",
            Check.WINDOW_ONLY,
            wipingTheDayBefore(),
            REPLACE),
        Defect.of(
            "wrong-window-replaced",
            "The window that is replaced is the day before the one asked for.",
            Check.WINDOW_ONLY,
            Fault.onRequest(
                request ->
                    request.withParameters(
                        new io.plumbline.matrix.mover.MoveRequest.Parameters(
                            request.parameters().effectiveAt(),
                            request.parameters().window().minusDays(1),
                            request.parameters().backfill(),
                            request.parameters().batchRows()))),
            REPLACE),
        Defect.of(
            "unchanged-rows-rewritten",
            "Every later load writes the rows again that it should leave alone.",
            Check.UNTOUCHED_ROWS_UNTOUCHED,
            Fault.onLoads(LoadDefects::rewriting),
            INCREMENTAL_MERGE,
            SNAPSHOT_DIFF,
            XMIN,
            CDC,
            REPLACE,
            PARTITION_REPLACE,
            BACKFILL),
        Defect.of(
                "operations-issued-twice",
                "Every later update is issued twice.",
                Check.OPERATION_COUNTS,
                Fault.onEachLoad(
                    LoadFault.later(
                        d -> d.and(d.rows().stream().filter(r -> !r.delete()).toList()))),
                Defects.BY_KEY)
            .only(Defects::table),
        Defect.of(
                "one-column-never-updated",
                "A column keeps the value of the first load.",
                Check.CONTENT,
                (mover, columns) -> {
                  int stale =
                      columns.stream()
                          .filter(c -> c.column().wide() && c.atTarget())
                          .mapToInt(c -> c.column().index())
                          .findFirst()
                          .orElseThrow();
                  return afterFirst(
                          (known, row) -> {
                            RowOp before = known.of(row);
                            return before == null || row.delete()
                                ? row
                                : row.with(stale, before.row()[stale]);
                          })
                      .in(mover, columns);
                })
            .only(c -> c.columns().stream().anyMatch(k -> k.column().wide() && k.atTarget())),
        Defect.of(
            "amount-never-updated",
            "The addend keeps the value of the first load.",
            Check.ADDEND_SUM,
            afterFirst(
                (known, row) -> {
                  RowOp before = known.of(row);
                  return before == null || row.delete()
                      ? row
                      : row.with(Column.AMOUNT, before.row()[Column.AMOUNT]);
                })));
  }

  private static Fault onRows(UnaryOperator<RowOp> change) {
    return Fault.onEachLoad(LoadFault.of(d -> d.mapping(change)));
  }

  /** What becomes of a row, knowing the rows that were loaded before. */
  @FunctionalInterface
  private interface Remembering {
    RowOp of(KnownRows known, RowOp row);
  }

  private static Fault afterFirst(Remembering change) {
    return Fault.onLoads(
        () -> {
          KnownRows known = new KnownRows();
          return handedOver -> {
            Delivery changed =
                handedOver.first() ? handedOver : handedOver.mapping(row -> change.of(known, row));
            known.note(changed);
            return List.of(changed);
          };
        });
  }

  /** Drops rows of later loads, knowing those of the first. */
  private static Fault dropped(BiPredicate<KnownRows, RowOp> condition) {
    return Fault.onLoads(
        () -> {
          KnownRows known = new KnownRows();
          return handedOver -> {
            if (handedOver.first()) {
              known.note(handedOver);
              return List.of(handedOver);
            }
            return List.of(handedOver.keeping(row -> !condition.test(known, row)));
          };
        });
  }

  private static Fault wipingTheDayBefore() {
    return Fault.onEachLoad(
        LoadFault.later(
            d -> {
              Set<LocalDate> window = new TreeSet<>(d.plan().window());
              d.plan().window().forEach(date -> window.add(date.minusDays(1)));
              return d.over(List.copyOf(window));
            }));
  }

  private static LoadFault rewriting() {
    KnownRows known = new KnownRows();
    return handedOver -> {
      List<Delivery> loads = new ArrayList<>();
      if (!handedOver.first()) {
        Set<Long> meant = handedOver.keys();
        List<LocalDate> window = handedOver.plan().window();
        List<RowOp> others =
            known.all().stream()
                .filter(row -> !meant.contains(row.key()) && !window.contains(row.date()))
                .map(row -> row.as(Op.UPDATE))
                .toList();
        loads.add(handedOver.with(others).by(WriteAction.MERGE).named("-unasked"));
      }
      known.note(handedOver);
      loads.add(handedOver);
      return loads;
    };
  }
}

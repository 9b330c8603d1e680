package io.plumbline.matrix.oracle;

import io.plumbline.matrix.dataset.Dataset;
import io.plumbline.matrix.dataset.RowClass;
import io.plumbline.matrix.registry.Strategy;
import java.time.LocalDate;
import java.util.List;
import java.util.function.BiFunction;

/**
 * What must be in the target after a round: a pure function of data set, strategy and round, by set
 * algebra over key classes.
 */
final class Expectation {

  /** The data set's versions of a key that must be in the target. */
  enum Versions {
    NONE,
    BASE,
    CHANGED,
    BOTH;

    boolean base() {
      return this == BASE || this == BOTH;
    }

    boolean changed() {
      return this == CHANGED || this == BOTH;
    }

    int count() {
      return (base() ? 1 : 0) + (changed() ? 1 : 0);
    }
  }

  /** What a round must add to an event log for a key. */
  enum Event {
    NONE,
    SNAPSHOT,
    INSERT,
    UPDATE,
    REPLACE,
    /** A delete event and a tombstone. */
    DELETE
  }

  private final Dataset dataset;
  private final Strategy strategy;
  private final Round round;

  Expectation(Dataset dataset, Strategy strategy, Round round) {
    this.dataset = dataset;
    this.strategy = strategy;
    this.round = round;
  }

  static boolean keepsHistory(Strategy strategy) {
    return strategy == Strategy.SCD2;
  }

  static boolean softDeletes(Strategy strategy) {
    return strategy == Strategy.INCREMENTAL_APPEND || strategy == Strategy.INCREMENTAL_MERGE;
  }

  /** The versions of a key in the target after the round. */
  Versions versions(RowClass rowClass, LocalDate date) {
    if (rowClass == RowClass.FOREIGN) {
      return Versions.NONE;
    }
    boolean changesVisible =
        round != Round.FIRST && (strategy != Strategy.REPLACE || date.equals(Dataset.LAST_DATE));
    if (!changesVisible) {
      return rowClass == RowClass.INSERTED ? Versions.NONE : Versions.BASE;
    }
    boolean keepsOld = strategy == Strategy.INCREMENTAL_APPEND || keepsHistory(strategy);
    return switch (rowClass) {
      case STABLE -> Versions.BASE;
      case UPDATED -> keepsOld ? Versions.BOTH : Versions.CHANGED;
      case INSERTED -> Versions.CHANGED;
      case DELETED ->
          strategy == Strategy.INCREMENTAL_APPEND
              ? Versions.BOTH
              : keepsHistory(strategy) ? Versions.BASE : Versions.NONE;
      case FOREIGN -> Versions.NONE;
    };
  }

  /** The versions of a key at the source while the round reads it. */
  Versions atSource(RowClass rowClass) {
    if (round == Round.FIRST) {
      return rowClass == RowClass.INSERTED ? Versions.NONE : Versions.BASE;
    }
    return switch (rowClass) {
      case STABLE -> Versions.BASE;
      case UPDATED, INSERTED -> Versions.CHANGED;
      case DELETED -> softDeletes(strategy) ? Versions.CHANGED : Versions.NONE;
      case FOREIGN -> Versions.NONE;
    };
  }

  /** True when the round must read the key's row (deletes of a change log have no row). */
  boolean reads(RowClass rowClass, LocalDate date) {
    if (round == Round.FIRST) {
      return true;
    }
    return switch (strategy) {
      case FULL_REFRESH, SNAPSHOT_DIFF, SCD2 -> true;
      case REPLACE -> date.equals(Dataset.LAST_DATE);
      case PARTITION_REPLACE, BACKFILL -> replaces(date);
      case INCREMENTAL_APPEND, INCREMENTAL_MERGE, XMIN, CDC ->
          round == Round.CHANGE && rowClass != RowClass.STABLE;
    };
  }

  /** The version of a key's row that the round must read; NONE when it must not read it. */
  Versions extracted(RowClass rowClass, LocalDate date) {
    Versions source = atSource(rowClass);
    return source != Versions.NONE && reads(rowClass, date) ? source : Versions.NONE;
  }

  /** Of a key's versions in a history, the one that is still valid after the round. */
  Versions open(RowClass rowClass) {
    return atSource(rowClass);
  }

  /** A function of class and day as a table, in the order of {@link KeysByDay}. */
  List<Versions> table(BiFunction<RowClass, LocalDate, Versions> function) {
    return KeysByDay.all().stream()
        .map(keys -> function.apply(keys.rowClass(), keys.date()))
        .toList();
  }

  /** True when the round must not rewrite what it finds of the key, in that version. */
  boolean untouched(RowClass rowClass, LocalDate date, boolean changedVersion) {
    return switch (strategy) {
      case FULL_REFRESH -> false;
      case REPLACE -> !date.equals(Dataset.LAST_DATE);
      case PARTITION_REPLACE, BACKFILL -> !replaces(date);
      case INCREMENTAL_APPEND -> round == Round.REPLAY || !changedVersion;
      case INCREMENTAL_MERGE, SNAPSHOT_DIFF, SCD2, XMIN, CDC ->
          round == Round.REPLAY || rowClass == RowClass.STABLE;
    };
  }

  /** What the round must add to an event log for a key. */
  Event event(RowClass rowClass, LocalDate date) {
    if (round == Round.FIRST) {
      return rowClass == RowClass.INSERTED ? Event.NONE : Event.SNAPSHOT;
    }
    boolean gone = rowClass == RowClass.DELETED;
    return switch (strategy) {
      case FULL_REFRESH -> gone ? Event.NONE : Event.SNAPSHOT;
      case REPLACE -> gone || !date.equals(Dataset.LAST_DATE) ? Event.NONE : Event.REPLACE;
      case INCREMENTAL_APPEND -> change(rowClass, Event.INSERT, Event.INSERT, Event.INSERT);
      case INCREMENTAL_MERGE, XMIN -> change(rowClass, Event.UPDATE, Event.UPDATE, Event.DELETE);
      case SNAPSHOT_DIFF, CDC -> change(rowClass, Event.INSERT, Event.UPDATE, Event.DELETE);
      case PARTITION_REPLACE, SCD2, BACKFILL -> Event.NONE;
    };
  }

  /** The partitions that the change round replaces: touched ones, or those of the backfill. */
  private boolean replaces(LocalDate date) {
    return round == Round.CHANGE
        && (strategy == Strategy.BACKFILL
            ? !date.isBefore(Dataset.FIRST_CHANGED_DATE)
            : dataset.touchedDates().contains(date));
  }

  /** Versions of a key that the round must find and leave as they are. */
  int untouchedVersions(RowClass rowClass, LocalDate date) {
    if (!promisesUntouched()) {
      return 0;
    }
    Versions before = previous().versions(rowClass, date);
    Versions now = versions(rowClass, date);
    return (before.base() && now.base() && untouched(rowClass, date, false) ? 1 : 0)
        + (before.changed() && now.changed() && untouched(rowClass, date, true) ? 1 : 0);
  }

  private Event change(RowClass rowClass, Event inserted, Event updated, Event deleted) {
    if (round == Round.REPLAY) {
      return Event.NONE;
    }
    return switch (rowClass) {
      case INSERTED -> inserted;
      case UPDATED -> updated;
      case DELETED -> deleted;
      case STABLE, FOREIGN -> Event.NONE;
    };
  }

  /** What the round's records say they replace: everything, the window, or nothing. */
  String scope() {
    if (round == Round.FIRST || strategy == Strategy.FULL_REFRESH) {
      return "*";
    }
    return strategy == Strategy.REPLACE ? Dataset.LAST_DATE.toString() : "";
  }

  /**
   * The operations that the system must count for a key in the round: inserts, updates, deletes.
   */
  Operations operations(RowClass rowClass, LocalDate date) {
    int before = round == Round.FIRST ? 0 : previous().versions(rowClass, date).count();
    int after = versions(rowClass, date).count();
    if (round == Round.FIRST || strategy == Strategy.FULL_REFRESH) {
      // A full refresh makes a new target, whose counters begin at zero.
      return new Operations(after, 0, 0);
    }
    return switch (strategy) {
      case REPLACE ->
          date.equals(Dataset.LAST_DATE) ? new Operations(after, 0, before) : Operations.NONE;
      case PARTITION_REPLACE, BACKFILL ->
          replaces(date) ? new Operations(after, 0, before) : Operations.NONE;
      case INCREMENTAL_APPEND -> new Operations(after - before, 0, 0);
      case SCD2 ->
          round == Round.REPLAY
              ? Operations.NONE
              : switch (rowClass) {
                case INSERTED -> new Operations(1, 0, 0);
                case UPDATED -> new Operations(1, 1, 0);
                case DELETED -> new Operations(0, 1, 0);
                case STABLE, FOREIGN -> Operations.NONE;
              };
      case FULL_REFRESH, INCREMENTAL_MERGE, SNAPSHOT_DIFF, XMIN, CDC ->
          round == Round.REPLAY
              ? Operations.NONE
              : switch (rowClass) {
                case INSERTED -> new Operations(1, 0, 0);
                case UPDATED -> new Operations(0, 1, 0);
                case DELETED -> new Operations(0, 0, 1);
                case STABLE, FOREIGN -> Operations.NONE;
              };
    };
  }

  /** The units of work of the round. */
  int units() {
    if (strategy != Strategy.BACKFILL || round == Round.FIRST) {
      return 1;
    }
    return round == Round.CHANGE ? Dataset.changedDates().size() : 0;
  }

  /** True when what the extract must have read is fixed: an xmin window may rightly read more. */
  boolean exactReads() {
    return strategy != Strategy.XMIN || round == Round.FIRST;
  }

  /** Records of a change log that have no row: physical deletes. */
  long deleteRecords() {
    return strategy == Strategy.CDC && round == Round.CHANGE ? dataset.volume().deleted() : 0;
  }

  /** True when the strategy promises not to rewrite some rows in this round. */
  boolean promisesUntouched() {
    return round != Round.FIRST && strategy != Strategy.FULL_REFRESH;
  }

  private Expectation previous() {
    return new Expectation(dataset, strategy, round == Round.REPLAY ? Round.CHANGE : Round.FIRST);
  }

  /** Counts of operations. */
  record Operations(long inserts, long updates, long deletes) {
    static final Operations NONE = new Operations(0, 0, 0);

    Operations times(long count) {
      return new Operations(inserts * count, updates * count, deletes * count);
    }

    Operations plus(Operations other) {
      return new Operations(
          inserts + other.inserts, updates + other.updates, deletes + other.deletes);
    }
  }
}

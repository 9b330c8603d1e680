package io.plumbline.matrix.oracle;

import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/** A target as the oracle sees it: only what was read back. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public interface Target {

  /** Names of the columns that are there. */
  List<String> columns();

  /** All rows, ordered by key, then by the begin of their validity. */
  void rows(RowVisitor visitor);

  /** True when rows come with a physical version token. */
  boolean rowTokens();

  /** True when the system counts operations, so that none told is a gap and not a limit. */
  boolean operationCounts();

  /** Operations counted by the system since the target exists. */
  Optional<OperationCounts> operations();

  /** True when the target is a log of events. */
  boolean log();

  /** Events from an offset on, in offset order. */
  void events(long fromOffset, EventVisitor visitor);

  /** The offset after the last event. */
  long endOffset();

  /** The system's counters; they begin at zero with each generation of the target. */
  record OperationCounts(long generation, long inserts, long updates, long deletes) {}

  /** Receives rows. */
  @FunctionalInterface
  interface RowVisitor {
    /** One row; from is null where the target keeps no history. */
    void row(
        Object[] cells,
        long token,
        @Nullable LocalDateTime from,
        @Nullable LocalDateTime to,
        boolean current);
  }

  /** Receives events. */
  @FunctionalInterface
  interface EventVisitor {
    /** One event; op is empty for a tombstone, key null for the mark of a generation. */
    void event(long offset, String op, @Nullable Long key, String scope, Object @Nullable [] cells);
  }
}

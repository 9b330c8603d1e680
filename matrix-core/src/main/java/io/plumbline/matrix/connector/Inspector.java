package io.plumbline.matrix.connector;

import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * The harness's side of a sink: plain reads, no path shared with the writer. Cells are canonical
 * values of the stored type, {@link io.plumbline.matrix.dataset.Absent} where the target has no
 * such column. A cell may be kept and compared later: its object must not change afterwards, so an
 * array or a list is never used again for another row. Methods throw {@link SystemFailureException}
 * when the system failed.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public interface Inspector {

  /** What the system lets the harness observe; nothing but rows unless it says otherwise. */
  default Observability observability() {
    return new Observability(false, false, false);
  }

  /**
   * Columns that the target really has, in its own order, validity columns included; empty when
   * there is no target.
   */
  List<String> columns();

  /** All rows ordered by key, then by {@code valid_from}; a log is materialised first. */
  void rows(RowVisitor visitor);

  /** Rows that are physically there before versions are collapsed or a log is materialised. */
  default long physicalRows() {
    long[] count = new long[1];
    rows((cells, token, validity) -> count[0]++);
    return count[0];
  }

  /**
   * Operations since the target exists, by the system's own statistics; empty when not observable.
   */
  default Optional<OperationCounts> operations() {
    return Optional.empty();
  }

  /** Events from an offset on, in offset order; only where {@link Observability#events()}. */
  default void events(long fromOffset, EventVisitor visitor) {}

  /** The offset after the last event; 0 where there are no events. */
  default long endOffset() {
    return 0;
  }

  /** What can be observed. */
  record Observability(boolean rowTokens, boolean operationCounts, boolean events) {}

  /**
   * The system's own counters.
   *
   * @param generation changes when the target was replaced by a new one, whose counters begin at
   *     zero
   */
  record OperationCounts(long generation, long inserts, long updates, long deletes) {}

  /** The validity of a row version, UTC. */
  record Validity(LocalDateTime from, @Nullable LocalDateTime to, boolean current) {}

  /** Receives rows. */
  @FunctionalInterface
  interface RowVisitor {
    /**
     * One row.
     *
     * @param cells cells by column index; must not be changed
     * @param token physical version of the row; 0 where not observable
     * @param validity only in {@link TargetLayout#HISTORY}
     */
    void row(Object[] cells, long token, @Nullable Validity validity);
  }

  /** Receives events. */
  @FunctionalInterface
  interface EventVisitor {
    /** One event. */
    void event(Event event);
  }

  /**
   * A record of a log.
   *
   * @param op null for a tombstone
   * @param key null for the record that opens a generation
   * @param scope what the record's generation replaces: {@code *}, a comma list of dates, or
   *     nothing; without a key and a scope it takes back an earlier attempt of the load
   * @param cells null for deletes, tombstones and generation marks
   */
  record Event(
      long offset,
      @Nullable Op op,
      @Nullable Long key,
      String loadId,
      String scope,
      Object @Nullable [] cells) {}
}

package io.plumbline.matrix.connector;

import java.time.LocalDate;
import java.util.List;
import org.apiguardian.api.API;

/** What a mover asks a reader for. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public sealed interface ReadRequest {

  /** How later reads go on from a snapshot; decides what the snapshot's position holds. */
  enum Continuation {
    NONE,
    ROWS_AFTER,
    XMIN_WINDOW,
    CHANGES
  }

  /**
   * All rows as of one point in time. Its position is taken so that reading on from it misses
   * nothing that the snapshot does not hold.
   */
  record Snapshot(Continuation continuation) implements ReadRequest {}

  /**
   * Rows whose cursor lies after the position, up to a bound fixed when the read begins; each key
   * once, with its last image.
   */
  record RowsAfter(Position from) implements ReadRequest {}

  /** Rows of the given partition dates, as of one point in time. */
  record Slices(List<LocalDate> dates) implements ReadRequest {
    /** Keeps an unmodifiable copy. */
    public Slices {
      dates = List.copyOf(dates);
    }
  }

  /**
   * Rows written by transactions that the position's snapshot did not see as finished, as of one
   * point in time, and the keys present at that point ({@link Extraction#keys()}).
   */
  record XminWindow(Position from) implements ReadRequest {}

  /**
   * Change events after the position, in commit order, up to a bound fixed when the read begins.
   */
  record Changes(Position from) implements ReadRequest {}
}

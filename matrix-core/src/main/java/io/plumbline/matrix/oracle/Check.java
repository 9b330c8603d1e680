package io.plumbline.matrix.oracle;

import java.util.Locale;
import org.apiguardian.api.API;

/** The named checks. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public enum Check {
  TARGET_COLUMNS("the target has exactly the declared columns"),
  ROW_COUNT("the target has the documented number of rows"),
  CONTENT("every cell of the target is the declared image of the data set's cell"),
  CONTENT_CHECKSUM("the sum of row hashes and the count agree, computed in separate passes"),
  NO_DUPLICATES("no key occurs more often than the strategy says"),
  NO_FOREIGN_KEYS("every key of the target is a key of the data set"),
  ADDEND_SUM("the sum of amounts over the target is the documented one"),
  DELETED_KEYS_ABSENT("deleted keys are gone, or marked, or closed, as the strategy says"),
  UPDATES_APPLIED("updated keys show the version that the strategy says"),
  INSERTS_PRESENT("inserted keys are there as the strategy says"),
  NULL_IS_NOT_EMPTY("NULL cells are NULL, and cells with a value are not"),
  WINDOW_ONLY("outside the replaced window the target is as it was"),
  SCD2_INTERVALS(
      "validity intervals touch, never overlap, and one version per live key is current"),
  UNTOUCHED_ROWS_UNTOUCHED(
      "rows that the strategy promises not to rewrite have the same physical version"),
  OPERATION_COUNTS("the system counted exactly the operations that the strategy needs"),
  EVENTS("the log gained exactly the documented events"),
  EVENT_ORDER("events of the log stand in the order of the changes at the source"),
  TOMBSTONES("every delete event is followed by a tombstone of its key"),
  EXTRACT_CHECKSUM(
      "the checksum that the mover reports for its extract is that of the rows it had to read"),
  RECORDS_READ("the source handed over as many records as the mover had to read, and no more"),
  MOVE_COMPLETED("the mover ended without an error"),
  PHASE_ORDER("extract, load, reconcile and state commit ran in this order, none missing"),
  RECONCILED(
      "the mover's own gate compared what it extracted with what the sink holds, and refuses when that is falsified"),
  STATE_POSITION(
      "the state moved exactly once for each unit that was loaded, in the name of its case"),
  REPLAY_IS_NOOP("a replay leaves the target cell for cell as it was"),
  REFUSED("the combination was refused with the declared code"),
  REFUSAL_SAYS_WHAT_INSTEAD("the refusal says what to use instead"),
  NOTHING_TOUCHED("nothing was read, written or committed before the refusal"),
  GUIDE("the pair's guide is there and says of every strategy what the registry says");

  private final String meaning;

  Check(String meaning) {
    this.meaning = meaning;
  }

  /** The name used in artifacts, e.g. {@code row_count}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What must hold, one line. */
  public String meaning() {
    return meaning;
  }
}

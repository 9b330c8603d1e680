package io.plumbline.matrix.connector;

/** What a system can do in a role; a strategy needs some of them. */
public enum Feature {
  /** Source: all rows at one point in time. */
  SNAPSHOT("source_has_no_snapshot"),
  /** Source: rows after a cursor. */
  CURSOR("source_has_no_cursor"),
  /** Source: rows of given partition dates, and a fingerprint per partition. */
  SLICES("source_has_no_slices"),
  /** Source: rows by the transaction that wrote them, with a key snapshot (PostgreSQL). */
  XMIN("source_has_no_xmin"),
  /** Source: an ordered log of changes with positions. */
  CHANGE_LOG("source_has_no_change_log"),
  /** Sink: everything replaced at once. */
  REPLACE_ALL("sink_has_no_replace_all"),
  /** Sink: rows added. */
  APPEND("sink_has_no_append"),
  /** Sink: rows merged by key, deletes applied. */
  MERGE("sink_has_no_merge"),
  /** Sink: the rows of given dates replaced at once. */
  REPLACE_WINDOW("sink_has_no_replace_window"),
  /** Sink: whole partitions replaced, each by itself. */
  PARTITIONS("sink_has_no_partitions"),
  /** Sink: versions of a row kept with validity intervals. */
  HISTORY("sink_has_no_history");

  private final String missingCode;

  Feature(String missingCode) {
    this.missingCode = missingCode;
  }

  /** The error code of a refusal because the feature is missing. */
  public String missingCode() {
    return missingCode;
  }
}

package io.plumbline.matrix.memory;

import io.plumbline.matrix.dataset.ChangeSet;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The stored state of an in-memory source: rows by key with the id of the transaction that wrote
 * them, and a log of everything that was committed, in commit order. Used by one case at a time.
 */
final class SourceTable {
  private static final long FIRST_XID = 3;

  /** A committed change; the place in the log is its position. */
  record LogEntry(ChangeSet.Kind kind, long key, Object[] row) {}

  private Object[] @Nullable [] rows;
  private long[] xids;
  private final List<LogEntry> log = new ArrayList<>();
  private final TreeSet<Long> inProgress = new TreeSet<>();
  private long nextXid = FIRST_XID;

  SourceTable(int maxKey) {
    this.rows = new Object[maxKey + 1][];
    this.xids = new long[maxKey + 1];
  }

  long beginTransaction() {
    long xid = nextXid++;
    inProgress.add(xid);
    return xid;
  }

  void commit(long xid, List<LogEntry> changes) {
    for (LogEntry change : changes) {
      int key = (int) change.key();
      rows[key] = change.kind() == ChangeSet.Kind.DELETE ? null : change.row();
      xids[key] = xid;
    }
    log.addAll(changes);
    inProgress.remove(xid);
  }

  void rollback(long xid) {
    inProgress.remove(xid);
  }

  /** Lowest transaction id that may still write: PostgreSQL's {@code pg_snapshot_xmin}. */
  long snapshotXmin() {
    return inProgress.isEmpty() ? nextXid : inProgress.first();
  }

  /** Number of committed changes. */
  int logEnd() {
    return log.size();
  }

  LogEntry logEntry(int position) {
    return log.get(position);
  }

  /** Rows by key as of now; unaffected by later commits. */
  Object[] @Nullable [] snapshot() {
    return rows.clone();
  }

  /** Transaction ids by key as of now. */
  long[] snapshotXids() {
    return xids.clone();
  }
}

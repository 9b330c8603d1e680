package io.plumbline.matrix.mover;

import io.plumbline.matrix.connector.Op;
import io.plumbline.matrix.dataset.Column;
import java.util.Arrays;

/**
 * Turns the rows of a read into operations on the target, and collects the keys that the next load
 * needs.
 */
final class RowMeaning {
  private final StrategyPlan.Rows rows;
  private final KeyHashes before;
  private final KeyHashes after;
  private final boolean keepKeys;

  /**
   * @param rows what the rows mean
   * @param before keys of the last load; empty when there is none
   * @param keepKeys true when the strategy's state holds keys
   */
  RowMeaning(StrategyPlan.Rows rows, KeyHashes before, boolean keepKeys) {
    this.rows = rows;
    this.before = before;
    this.after = new KeyHashes(before.size());
    this.keepKeys = keepKeys;
  }

  void row(Op op, Object[] row, RowChecksum hash, Outgoing out) {
    long key = (Long) row[Column.ID];
    if (keepKeys && op != Op.DELETE) {
      after.put(key, hash.high(), hash.low());
    }
    switch (rows) {
      case AS_READ -> {
        if (op == Op.DELETE) {
          out.delete(key);
        } else {
          out.row(op, row, hash);
        }
      }
      case ADDED -> out.row(Op.INSERT, row, hash);
      case OF_WINDOW -> out.row(Op.REPLACE, row, hash);
      case MERGED -> merged(key, row, hash, out);
      case MERGED_WITH_VANISHED_KEYS -> {
        // A transaction that stays open anywhere on the server widens every window.
        if (before.see(key, hash.high(), hash.low()) != KeyHashes.Comparison.SAME) {
          merged(key, row, hash, out);
        }
      }
      case DIFFERENCE -> {
        switch (before.see(key, hash.high(), hash.low())) {
          case NEW -> out.row(Op.INSERT, row, hash);
          case CHANGED -> out.row(Op.UPDATE, row, hash);
          case SAME -> {}
        }
      }
    }
  }

  private static void merged(long key, Object[] row, RowChecksum hash, Outgoing out) {
    if (Boolean.TRUE.equals(row[Column.IS_DELETED])) {
      out.delete(key);
    } else {
      out.row(Op.UPDATE, row, hash);
    }
  }

  /** After the last row; keys are those present at the source, where the read tells. */
  void finish(long[] keys, Outgoing out) {
    if (rows == StrategyPlan.Rows.DIFFERENCE) {
      for (long key : before.unseen()) {
        out.delete(key);
      }
    }
    if (rows == StrategyPlan.Rows.MERGED_WITH_VANISHED_KEYS) {
      for (long key : before.sortedKeys()) {
        if (Arrays.binarySearch(keys, key) < 0) {
          out.delete(key);
        }
      }
      // Rows of an xmin window are not all rows: the others are as they were.
      for (long key : keys) {
        after.keep(key, before);
      }
    }
  }

  /** The keys that the next state holds. */
  byte[] keysAfter() {
    return keepKeys ? after.toBytes() : new byte[0];
  }
}

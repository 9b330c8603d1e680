package io.plumbline.matrix.defect;

import java.util.Collection;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The rows that a case has loaded so far, by key: what a fault remembers between rounds. */
final class KnownRows {
  private final TreeMap<Long, RowOp> rows = new TreeMap<>();

  boolean has(RowOp row) {
    return rows.containsKey(row.key());
  }

  @Nullable RowOp of(RowOp row) {
    return rows.get(row.key());
  }

  Collection<RowOp> all() {
    return rows.values();
  }

  /** Takes note of a load. */
  void note(Delivery delivery) {
    for (RowOp row : delivery.rows()) {
      if (row.delete()) {
        rows.remove(row.key());
      } else {
        rows.put(row.key(), row);
      }
    }
  }
}

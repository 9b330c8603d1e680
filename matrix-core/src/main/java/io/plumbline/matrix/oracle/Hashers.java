package io.plumbline.matrix.oracle;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Hands out hashers that remember what earlier cases hashed: as many as work at the same time. */
final class Hashers {
  private final Queue<RowHasher> idle = new ConcurrentLinkedQueue<>();
  private final int width;
  private final int places;

  /**
   * @param width cells of a row
   * @param places rows for which a hasher keeps hints
   */
  Hashers(int width, int places) {
    this.width = width;
    this.places = places;
  }

  RowHasher borrow() {
    RowHasher hasher = idle.poll();
    return hasher == null ? new RowHasher(width, places) : hasher;
  }

  void giveBack(RowHasher hasher) {
    idle.add(hasher);
  }
}

package io.plumbline.matrix.oracle;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Hands out hashers that remember what earlier cases hashed: as many as work at the same time. */
final class Hashers {
  private final Queue<RowHasher> idle = new ConcurrentLinkedQueue<>();
  private final int width;
  private final int keys;

  /**
   * @param width cells of a row
   * @param keys keys below it are remembered by a hasher
   */
  Hashers(int width, int keys) {
    this.width = width;
    this.keys = keys;
  }

  RowHasher borrow() {
    RowHasher hasher = idle.poll();
    return hasher == null ? new RowHasher(width, keys) : hasher;
  }

  void giveBack(RowHasher hasher) {
    idle.add(hasher);
  }
}

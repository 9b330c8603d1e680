package io.plumbline.matrix.oracle;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Hash sums of rows, by key and version. Thread-safe as far as everybody keeps the same sums of a
 * row, which equal rows make sure of.
 */
final class KeptSums {
  private final long keys;
  private final AtomicLongArray sums;

  /** Keeps sums of rows up to a key; of none when there are too many. */
  KeptSums(long maxKey, boolean keep) {
    this.keys = keep ? maxKey : 0;
    this.sums = new AtomicLongArray(keep ? Math.toIntExact(4 * (maxKey + 1)) : 0);
  }

  /** Makes the hasher take a row whose sums are kept; false when they are not. */
  boolean take(long key, int version, RowHasher hasher) {
    if (key > keys) {
      return false;
    }
    int place = place(key, version);
    long low = sums.getAcquire(place + 1);
    if (low == 0) {
      return false;
    }
    hasher.begin(sums.getPlain(place), low);
    return true;
  }

  /** Keeps what the hasher has just taken. */
  void keep(long key, int version, RowHasher hasher) {
    if (key <= keys) {
      int place = place(key, version);
      sums.setPlain(place, hasher.sumHigh());
      sums.setRelease(place + 1, hasher.sumLow());
    }
  }

  private static int place(long key, int version) {
    return (int) (4 * key + 2L * (version - 1));
  }
}

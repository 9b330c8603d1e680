package io.plumbline.matrix.dataset;

/**
 * A seeded permutation of 0 to size - 1 in constant memory: a four-round Feistel network with cycle
 * walking (Black and Rogaway, 2002).
 */
final class KeyPermutation {
  private static final int ROUNDS = 4;
  private final long size;
  private final long seed;
  private final int halfBits;
  private final long halfMask;

  KeyPermutation(long size, long seed) {
    this.size = size;
    this.seed = seed;
    int bits = 64 - Long.numberOfLeadingZeros(Math.max(1, size - 1));
    this.halfBits = (bits + 1) / 2;
    this.halfMask = (1L << halfBits) - 1;
  }

  long apply(long value) {
    long walked = value;
    do {
      walked = encrypt(walked);
    } while (walked >= size);
    return walked;
  }

  /** The value that {@link #apply} takes to this one. */
  long invert(long value) {
    long walked = value;
    do {
      walked = decrypt(walked);
    } while (walked >= size);
    return walked;
  }

  private long decrypt(long value) {
    long left = value >>> halfBits;
    long right = value & halfMask;
    for (int round = ROUNDS - 1; round >= 0; round--) {
      long before = right ^ (Mix.of(seed, round, left) & halfMask);
      right = left;
      left = before;
    }
    return (left << halfBits) | right;
  }

  private long encrypt(long value) {
    long left = value >>> halfBits;
    long right = value & halfMask;
    for (int round = 0; round < ROUNDS; round++) {
      long next = left ^ (Mix.of(seed, round, right) & halfMask);
      left = right;
      right = next;
    }
    return (left << halfBits) | right;
  }
}

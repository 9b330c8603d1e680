package io.plumbline.matrix.dataset;

/**
 * The one source of randomness: a 64-bit finaliser over its arguments (SplitMix64, Steele et al.
 * 2014).
 */
final class Mix {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private Mix() {}

  static long of(long a, long b) {
    return finish(finish(a + GOLDEN) ^ (b * 0xD1342543DE82EF95L + GOLDEN));
  }

  static long of(long a, long b, long c) {
    return then(of(a, b), c);
  }

  /** The draw of {@code of(a, b, c)}, where {@code mixed} is {@code of(a, b)} made once. */
  static long then(long mixed, long c) {
    return finish(mixed ^ (c * 0xAF251AF3B0F025B5L + GOLDEN));
  }

  static long finish(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** A draw from 0 (inclusive) to bound (exclusive) by the upper half of a product. */
  static int below(long random, int bound) {
    return (int) (((random & 0xFFFFFFFFL) * bound) >>> 32);
  }
}

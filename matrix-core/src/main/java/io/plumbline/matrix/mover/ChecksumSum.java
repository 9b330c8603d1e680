package io.plumbline.matrix.mover;

import java.util.HexFormat;

/**
 * The sum of row hashes mod 2^128: the same for any order of the rows, unlike for other
 * multiplicities.
 */
final class ChecksumSum {
  private long high;
  private long low;

  void add(long rowHigh, long rowLow) {
    long sum = low + rowLow;
    high += rowHigh + (Long.compareUnsigned(sum, rowLow) < 0 ? 1 : 0);
    low = sum;
  }

  String hex() {
    return HexFormat.of().toHexDigits(high) + HexFormat.of().toHexDigits(low);
  }
}

package io.plumbline.matrix.oracle;

import org.apiguardian.api.API;

/**
 * A checksum over rows: the sum of 128-bit row hashes mod 2^128, with the count. A sum, unlike an
 * XOR, does not cancel a row that occurs twice.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class ContentChecksum {
  private long high;
  private long low;
  private long rows;

  /** Adds a row's hash. */
  public void add(long rowHigh, long rowLow) {
    low += rowLow;
    if (Long.compareUnsigned(low, rowLow) < 0) {
      high++;
    }
    high += rowHigh;
    rows++;
  }

  /** Number of rows. */
  public long rows() {
    return rows;
  }

  /** 32 hexadecimal digits of the sum. */
  public String sum() {
    return String.format("%016x%016x", high, low);
  }

  @Override
  public String toString() {
    return rows + ":" + sum();
  }
}

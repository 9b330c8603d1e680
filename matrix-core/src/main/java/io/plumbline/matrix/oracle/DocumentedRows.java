package io.plumbline.matrix.oracle;

import java.math.BigDecimal;

/**
 * What an expected set of rows adds up to: their number, the sum of their hashes, of their amounts.
 */
record DocumentedRows(long rows, String sum, BigDecimal amountSum) {

  String checksum() {
    return rows + ":" + sum;
  }
}

package io.plumbline.matrix.connector;

import java.math.BigDecimal;

/**
 * Sums over the rows of a load; what reconcile compares.
 *
 * @param rows rows that are not deletes
 * @param keySum sum of their keys, wrapping
 * @param amountSum sum of their amounts
 * @param deletesPresent keys that the load deletes and the target still shows as present
 */
public record LoadTotals(long rows, long keySum, BigDecimal amountSum, long deletesPresent) {

  /** Equal as numbers, whatever the scale of the amounts. */
  public boolean matches(LoadTotals other) {
    return rows == other.rows
        && keySum == other.keySum
        && amountSum.compareTo(other.amountSum) == 0
        && deletesPresent == other.deletesPresent;
  }
}

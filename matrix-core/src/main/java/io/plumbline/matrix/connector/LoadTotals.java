package io.plumbline.matrix.connector;

import io.plumbline.matrix.dataset.Column;
import java.math.BigDecimal;
import java.util.Map;
import java.util.function.Function;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Sums over the rows of a load; what reconcile compares.
 *
 * @param rows rows that are not deletes
 * @param keySum sum of their keys, wrapping
 * @param amountSum sum of their amounts
 * @param deletesPresent keys that the load deletes and the target still shows as present
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public record LoadTotals(long rows, long keySum, BigDecimal amountSum, long deletesPresent) {

  /**
   * What a target with one row per key holds of a load.
   *
   * @param written what the load did last to each of its keys
   * @param current the target's row of a key, null when there is none
   */
  public static LoadTotals of(Map<Long, Op> written, Function<Long, Object @Nullable []> current) {
    long rows = 0;
    long keySum = 0;
    BigDecimal amountSum = BigDecimal.ZERO;
    long deletesPresent = 0;
    for (Map.Entry<Long, Op> each : written.entrySet()) {
      Object[] row = current.apply(each.getKey());
      if (row != null && each.getValue() == Op.DELETE) {
        deletesPresent++;
      } else if (row != null) {
        rows++;
        keySum += (Long) row[Column.ID];
        amountSum = amountSum.add((BigDecimal) row[Column.AMOUNT]);
      }
    }
    return new LoadTotals(rows, keySum, amountSum, deletesPresent);
  }

  /** Equal as numbers, whatever the scale of the amounts. */
  public boolean matches(LoadTotals other) {
    return rows == other.rows
        && keySum == other.keySum
        && amountSum.compareTo(other.amountSum) == 0
        && deletesPresent == other.deletesPresent;
  }
}

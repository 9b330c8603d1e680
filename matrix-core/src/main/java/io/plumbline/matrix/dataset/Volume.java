package io.plumbline.matrix.dataset;

import io.plumbline.matrix.registry.InvalidInputException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.apiguardian.api.API;

/**
 * The documented volume's parameters; counts are exact decimal arithmetic.
 *
 * @param rows base rows, 1 to 1,000,000,000
 * @param changeRatio share of base rows that change, 0 to 1
 * @param deleteRatio share of base rows that are deleted, 0 to the change ratio
 * @param wideColumns wide columns, 0 to 120
 * @param seed seed of every value
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public record Volume(
    long rows, BigDecimal changeRatio, BigDecimal deleteRatio, int wideColumns, long seed) {

  /** The most rows a volume may have. */
  public static final long MAX_ROWS = 1_000_000_000L;

  private static final int MAX_SCALE = 20;

  /** 10,000 rows, 0.20 changed, 0.05 deleted, 120 wide columns, seed 20260603. */
  public static final Volume DEFAULT =
      new Volume(10_000, new BigDecimal("0.20"), new BigDecimal("0.05"), 120, 20260603L);

  /** Refuses what is out of range. */
  public Volume {
    if (rows < 1 || rows > MAX_ROWS) {
      throw new InvalidInputException("rows is %s; allowed are 1 to %s.".formatted(rows, MAX_ROWS));
    }
    requireRatio("change-ratio", changeRatio);
    requireRatio("delete-ratio", deleteRatio);
    if (deleteRatio.compareTo(changeRatio) > 0) {
      throw new InvalidInputException(
          "delete-ratio %s is greater than change-ratio %s; deleted rows are part of the changed rows, so it must be at most that."
              .formatted(deleteRatio.toPlainString(), changeRatio.toPlainString()));
    }
    if (wideColumns < 0 || wideColumns > 120) {
      throw new InvalidInputException(
          "wide columns is %s; allowed are 0 to 120.".formatted(wideColumns));
    }
  }

  private static void requireRatio(String name, BigDecimal ratio) {
    // Not the plain text: that of 1E1000000000 does not fit into memory.
    if (ratio.signum() < 0 || ratio.compareTo(BigDecimal.ONE) > 0) {
      throw new InvalidInputException("%s is %s; allowed are 0 to 1.".formatted(name, ratio));
    }
    if (ratio.scale() > MAX_SCALE) {
      throw new InvalidInputException(
          "%s has %s decimals; allowed are at most %s.".formatted(name, ratio.scale(), MAX_SCALE));
    }
  }

  /** Rows that change: floor of rows × change ratio. */
  public long changed() {
    return floorOf(changeRatio);
  }

  /** Rows deleted: floor of rows × delete ratio. */
  public long deleted() {
    return floorOf(deleteRatio);
  }

  /** Rows inserted: as many as are deleted, as far as the changed rows allow. */
  public long inserted() {
    return Math.min(deleted(), changed() - deleted());
  }

  /** Rows updated: the changed rows that are neither deleted nor inserted. */
  public long updated() {
    return changed() - deleted() - inserted();
  }

  /** Base rows that stay as they are. */
  public long stable() {
    return rows - deleted() - updated();
  }

  /** The greatest key: base keys are 1 to rows, inserted keys follow. */
  public long maxKey() {
    return rows + inserted();
  }

  private long floorOf(BigDecimal ratio) {
    return ratio
        .multiply(BigDecimal.valueOf(rows))
        .setScale(0, RoundingMode.FLOOR)
        .longValueExact();
  }
}

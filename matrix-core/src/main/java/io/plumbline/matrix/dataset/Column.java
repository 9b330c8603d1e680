package io.plumbline.matrix.dataset;

import org.apiguardian.api.API;

/**
 * A column of the documented volume.
 *
 * @param index position in every row array
 * @param name column name, e.g. {@code w001_smallint}
 * @param type logical type
 * @param nullPercent share of NULL cells in percent: 0, 25, 50 or 90
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public record Column(int index, String name, LogicalType type, int nullPercent) {

  /** The bigint key. */
  public static final int ID = 0;

  /** The partition date. */
  public static final int BUSINESS_DATE = 1;

  /** The cursor: timestamp with microseconds. */
  public static final int UPDATED_AT = 2;

  /** 1 base, 2 changed. */
  public static final int VERSION = 3;

  /** The decimal addend. */
  public static final int AMOUNT = 4;

  /** The soft-delete mark. */
  public static final int IS_DELETED = 5;

  /** Where the wide columns begin. */
  public static final int FIRST_WIDE = 6;

  /** True for {@code w001_…} and the columns after it. */
  public boolean wide() {
    return index >= FIRST_WIDE;
  }
}

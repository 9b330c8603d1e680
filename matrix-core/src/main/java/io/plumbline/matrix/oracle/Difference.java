package io.plumbline.matrix.oracle;

import java.util.List;
import java.util.Map;
import org.apiguardian.api.API;

/**
 * Where expected and actual content differ.
 *
 * @param round the round
 * @param cells the first differing cells, at most 50
 * @param byColumn number of differing cells by column name
 * @param missingRows expected rows that are not there
 * @param extraRows rows that should not be there
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public record Difference(
    String round, List<Cell> cells, Map<String, Long> byColumn, long missingRows, long extraRows) {

  /** The most cells that are kept. */
  public static final int MAX_CELLS = 50;

  /** Keeps unmodifiable copies. */
  public Difference {
    cells = List.copyOf(cells);
    byColumn = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(byColumn));
  }

  /**
   * One differing cell, or a missing or extra row (column {@code *}).
   *
   * @param expected text, with hexadecimal UTF-8 where text deceives
   * @param actual as expected
   */
  public record Cell(long key, String column, String expected, String actual) {
    @Override
    public String toString() {
      return "key %d, column %s: expected %s, actual %s".formatted(key, column, expected, actual);
    }
  }
}

package io.plumbline.matrix.dataset;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What databases use inside: object ids, log positions, names, intervals, row versions. */
final class SystemValues {
  private static final long MICROS_PER_SECOND = 1_000_000;
  private static final long MICROS_PER_HOUR = 3_600 * MICROS_PER_SECOND;
  private static final long LONGEST_TIME = 1_000_000_000 * MICROS_PER_HOUR - 1;

  private static final List<String> LSNS =
      List.of(
          "0/0",
          "0/1",
          "0/A",
          "0/FFFFFFFF",
          "1/0",
          "1/1",
          "16/B374D848",
          "7FFFFFFF/FFFFFFFF",
          "80000000/0",
          "FFFFFFFF/0",
          "FFFFFFFF/FFFFFFFF");

  /** Months, days, microseconds: each part alone, at its limits, and with mixed signs. */
  private static final long[][] INTERVALS = {
    {0, 0, 0},
    {0, 0, 1},
    {0, 0, -1},
    {0, 0, 999_999},
    {0, 0, 500_000},
    {0, 0, -500_000},
    {0, 0, MICROS_PER_SECOND},
    {0, 0, -MICROS_PER_SECOND},
    {0, 0, 60 * MICROS_PER_SECOND},
    {0, 0, 61 * MICROS_PER_SECOND},
    {0, 0, MICROS_PER_HOUR},
    {0, 0, MICROS_PER_HOUR - 1},
    {0, 0, 24 * MICROS_PER_HOUR},
    {0, 0, 100 * MICROS_PER_HOUR},
    {0, 1, 0},
    {0, -1, 0},
    {0, 30, 0},
    {0, 365, 0},
    {1, 0, 0},
    {-1, 0, 0},
    {11, 0, 0},
    {12, 0, 0},
    {-12, 0, 0},
    {13, 0, 0},
    {-14, 0, 0},
    {14, 3, 4 * MICROS_PER_HOUR + 306_000_007},
    {-14, -3, -4 * MICROS_PER_HOUR - 306_000_007},
    {1, -1, 1},
    {-1, 1, -1},
    {12, -1, -MICROS_PER_HOUR},
    {0, 1, -1},
    {Integer.MAX_VALUE, 0, 0},
    {-Integer.MAX_VALUE, 0, 0},
    {0, Integer.MAX_VALUE, 0},
    {0, -Integer.MAX_VALUE, 0},
    {0, 0, LONGEST_TIME},
    {0, 0, -LONGEST_TIME}
  };

  private SystemValues() {}

  static Recipe of(LogicalType type) {
    return switch (type) {
      case OID, XID8 -> NumericValues.of(type);
      case NAME_63 -> TextValues.of(type);
      case ROWVERSION -> BinaryValues.of(type);
      case LSN ->
          new Recipe(
              LSNS,
              draw ->
                  (Long.toHexString(draw.below(256)) + "/" + Long.toHexString(draw.bits() >>> 32))
                      .toUpperCase(Locale.ROOT));
      case INTERVAL ->
          new Recipe(
              Stream.of(INTERVALS).map(parts -> interval(parts[0], parts[1], parts[2])).toList(),
              draw ->
                  interval(
                      draw.chance(50) ? 0 : draw.number(9).longValue(),
                      draw.chance(50) ? 0 : draw.number(10).longValue(),
                      draw.number(44).longValue()));
      default -> throw new IllegalArgumentException(type.id());
    };
  }

  /**
   * As PostgreSQL prints it under {@code intervalstyle = iso_8601}: every part has its own sign.
   */
  private static String interval(long months, long days, long micros) {
    StringBuilder text = new StringBuilder("P");
    part(text, months / 12, 'Y');
    part(text, months % 12, 'M');
    part(text, days, 'D');
    if (micros != 0) {
      text.append('T');
      part(text, micros / MICROS_PER_HOUR, 'H');
      part(text, micros % MICROS_PER_HOUR / (60 * MICROS_PER_SECOND), 'M');
      seconds(text, micros % (60 * MICROS_PER_SECOND));
    }
    return text.length() == 1 ? "PT0S" : text.toString();
  }

  private static void part(StringBuilder text, long amount, char unit) {
    if (amount != 0) {
      text.append(amount).append(unit);
    }
  }

  private static void seconds(StringBuilder text, long micros) {
    if (micros != 0) {
      text.append(java.math.BigDecimal.valueOf(micros, 6).stripTrailingZeros().toPlainString());
      text.append('S');
    }
  }
}

package io.plumbline.connector.postgres;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * A double as PostgreSQL prints it: the fewest digits that read back as the same number, in
 * scientific notation from 1e+15 and below 1e-04. (Java's own text may have a digit too many.)
 */
final class ShortestFloat {
  private static final int MOST_DIGITS = 17;
  private static final int SCIENTIFIC_FROM = 15;
  private static final int SCIENTIFIC_BELOW = -4;

  private ShortestFloat() {}

  static String text(double value) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return Double.toString(value);
    }
    if (value == 0) {
      return Double.doubleToRawLongBits(value) == 0 ? "0" : "-0";
    }
    BigDecimal shortest = shortest(value).stripTrailingZeros();
    int exponent = shortest.precision() - shortest.scale() - 1;
    if (exponent >= SCIENTIFIC_BELOW && exponent < SCIENTIFIC_FROM) {
      return shortest.toPlainString();
    }
    String digits = shortest.unscaledValue().abs().toString();
    return (value < 0 ? "-" : "")
        + digits.charAt(0)
        + (digits.length() > 1 ? "." + digits.substring(1) : "")
        + (exponent < 0 ? "e-" : "e+")
        + (Math.abs(exponent) < 10 ? "0" : "")
        + Math.abs(exponent);
  }

  private static BigDecimal shortest(double value) {
    BigDecimal exact = new BigDecimal(value);
    for (int digits = 1; digits < MOST_DIGITS; digits++) {
      BigDecimal rounded = exact.round(new MathContext(digits, java.math.RoundingMode.HALF_EVEN));
      if (rounded.doubleValue() == value) {
        return rounded;
      }
    }
    return exact.round(new MathContext(MOST_DIGITS, java.math.RoundingMode.HALF_EVEN));
  }
}

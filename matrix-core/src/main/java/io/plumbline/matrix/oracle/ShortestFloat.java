package io.plumbline.matrix.oracle;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * {@link io.plumbline.matrix.connector.TextForm#FLOAT} by trial: ever more digits of the exact
 * value.
 */
final class ShortestFloat {
  private static final int LEAST_PLAIN_EXPONENT = -4;

  /** Nearest first: near a power of two only its neighbour may read back. */
  private static final RoundingMode[] NEIGHBOURS = {
    RoundingMode.HALF_EVEN, RoundingMode.DOWN, RoundingMode.UP
  };

  private ShortestFloat() {}

  static String text(Number number) {
    double value = number.doubleValue();
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return Double.toString(value);
    }
    if (value == 0) {
      return Double.doubleToRawLongBits(value) == 0 ? "0" : "-0";
    }
    BigDecimal shortest = shortest(number).stripTrailingZeros();
    int exponent = shortest.precision() - shortest.scale() - 1;
    int digits = number instanceof Float ? 6 : 15;
    if (exponent >= LEAST_PLAIN_EXPONENT && exponent < digits) {
      return shortest.toPlainString();
    }
    StringBuilder text = new StringBuilder(shortest.unscaledValue().abs().toString());
    if (text.length() > 1) {
      text.insert(1, '.');
    }
    text.append(exponent < 0 ? "e-" : "e+");
    if (Math.abs(exponent) < 10) {
      text.append('0');
    }
    text.append(Math.abs(exponent));
    return (value < 0 ? "-" : "") + text;
  }

  private static BigDecimal shortest(Number number) {
    BigDecimal exact = new BigDecimal(number.doubleValue());
    for (int digits = 1; ; digits++) {
      for (RoundingMode mode : NEIGHBOURS) {
        BigDecimal candidate = exact.round(new MathContext(digits, mode));
        Number read =
            number instanceof Float
                ? (Number) candidate.floatValue()
                : (Number) candidate.doubleValue();
        if (read.equals(number)) {
          return candidate;
        }
      }
    }
  }
}

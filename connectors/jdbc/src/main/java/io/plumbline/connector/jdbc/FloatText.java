package io.plumbline.connector.jdbc;

import io.plumbline.matrix.connector.TextForm;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import org.apiguardian.api.API;

/** Floats as {@link TextForm#FLOAT} writes them: digits until they read back as the number. */
@API(status = API.Status.INTERNAL, since = "0.1.0")
public final class FloatText {
  private static final List<RoundingMode> NEAREST_FIRST =
      List.of(RoundingMode.HALF_EVEN, RoundingMode.DOWN, RoundingMode.UP);
  private static final int PLAIN_FROM = -4;
  private static final int PLAIN_BELOW_64_BITS = 15;
  private static final int PLAIN_BELOW_32_BITS = 6;

  private FloatText() {}

  /** A {@code Float} or a {@code Double}, in PostgreSQL's notation. */
  public static String of(Number number) {
    double value = number.doubleValue();
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return Double.toString(value);
    }
    String sign = Double.doubleToRawLongBits(value) < 0 ? "-" : "";
    if (value == 0) {
      return sign + "0";
    }
    BigDecimal digits = shortest(new BigDecimal(value).abs(), number).stripTrailingZeros();
    int exponent = digits.precision() - digits.scale() - 1;
    int plainBelow = number instanceof Float ? PLAIN_BELOW_32_BITS : PLAIN_BELOW_64_BITS;
    if (exponent >= PLAIN_FROM && exponent < plainBelow) {
      return sign + digits.toPlainString();
    }
    String all = digits.unscaledValue().toString();
    return sign
        + all.charAt(0)
        + (all.length() == 1 ? "" : "." + all.substring(1))
        + (exponent < 0 ? "e-" : "e+")
        + (Math.abs(exponent) < 10 ? "0" : "")
        + Math.abs(exponent);
  }

  private static BigDecimal shortest(BigDecimal exact, Number number) {
    for (int digits = 1; digits < exact.precision(); digits++) {
      for (RoundingMode mode : NEAREST_FIRST) {
        BigDecimal candidate = exact.round(new MathContext(digits, mode));
        boolean readsBack =
            number instanceof Float single
                ? candidate.floatValue() == Math.abs(single)
                : candidate.doubleValue() == Math.abs(number.doubleValue());
        if (readsBack) {
          return candidate;
        }
      }
    }
    return exact;
  }
}

package io.plumbline.matrix.dataset;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/** Integers, decimals and floats. */
final class NumericValues {
  private static final BigInteger ONE = BigInteger.ONE;
  private static final int[] WORD_BITS = {7, 8, 15, 16, 24, 31, 32, 53, 63, 64, 127, 128, 255};

  private static final List<Double> DOUBLES =
      List.of(
          0.0,
          -0.0,
          1.0,
          -1.0,
          0.1,
          -0.1,
          0.5,
          1.5,
          2.5,
          1.0 / 3.0,
          0.1 + 0.2,
          Math.PI,
          1e15,
          1e16,
          1e21,
          1e22,
          0x1.52d02c7e14af6p76,
          -0x1.52d02c7e14af7p76,
          1e-5,
          1e-7,
          123456789.12345678,
          9007199254740991.0,
          9007199254740992.0,
          -9007199254740992.0,
          2147483648.0,
          0x1p63,
          1e308,
          Double.MAX_VALUE,
          -Double.MAX_VALUE,
          Double.MIN_NORMAL,
          0x0.fffffffffffffp-1022,
          Double.MIN_VALUE,
          -Double.MIN_VALUE,
          Double.NaN,
          Double.POSITIVE_INFINITY,
          Double.NEGATIVE_INFINITY);

  private static final List<Float> FLOATS =
      List.of(
          0.0f,
          -0.0f,
          1.0f,
          -1.0f,
          0.1f,
          -0.1f,
          0.5f,
          1.5f,
          1.0f / 3.0f,
          3.1415927f,
          16777215.0f,
          16777216.0f,
          16777218.0f,
          1e7f,
          1e10f,
          1e-5f,
          0x1p33f,
          Float.MAX_VALUE,
          -Float.MAX_VALUE,
          Float.MIN_NORMAL,
          1.1754942e-38f,
          Float.MIN_VALUE,
          -Float.MIN_VALUE,
          Float.NaN,
          Float.POSITIVE_INFINITY,
          Float.NEGATIVE_INFINITY);

  private NumericValues() {}

  static Recipe of(LogicalType type) {
    return switch (type) {
      case SMALLINT -> signed(15, BigInteger::longValue);
      case INTEGER -> signed(31, BigInteger::longValue);
      case BIGINT -> signed(63, BigInteger::longValue);
      case OID -> unsigned(32, BigInteger::longValue);
      case XID8, UINT64 -> unsigned(64, n -> n);
      case INT128 -> signed(127, n -> n);
      case INT256 -> signed(255, n -> n);
      case DECIMAL_18_4 -> decimals(18, 4);
      case DECIMAL_38_10 -> decimals(38, 10);
      case DECIMAL_76_20 -> decimals(76, 20);
      case DOUBLE ->
          new Recipe(
              DOUBLES,
              draw ->
                  draw.chance(60)
                      ? (Object) (draw.number(40).longValue() / 100.0)
                      : Double.longBitsToDouble(draw.bits()));
      case FLOAT32 ->
          new Recipe(
              FLOATS,
              draw ->
                  draw.chance(60)
                      ? (Object) (draw.number(20).intValue() / 100.0f)
                      : Float.intBitsToFloat((int) draw.bits()));
      default -> throw new IllegalArgumentException(type.id());
    };
  }

  private static Recipe signed(int bits, Function<BigInteger, Object> canonical) {
    BigInteger limit = ONE.shiftLeft(bits);
    return integers(limit.negate(), limit.subtract(ONE), bits, canonical);
  }

  private static Recipe unsigned(int bits, Function<BigInteger, Object> canonical) {
    return integers(BigInteger.ZERO, ONE.shiftLeft(bits).subtract(ONE), bits, canonical);
  }

  private static Recipe integers(
      BigInteger min, BigInteger max, int bits, Function<BigInteger, Object> canonical) {
    TreeSet<BigInteger> edges = new TreeSet<>(List.of(min, max, min.add(ONE), max.subtract(ONE)));
    for (int n : new int[] {0, 1, 2, 9, 10, 99, 100, 1000}) {
      edges.add(BigInteger.valueOf(n));
      edges.add(BigInteger.valueOf(-n));
    }
    for (int word : WORD_BITS) {
      BigInteger power = ONE.shiftLeft(word);
      for (BigInteger edge : List.of(power.subtract(ONE), power, power.add(ONE))) {
        edges.add(edge);
        edges.add(edge.negate());
      }
    }
    return new Recipe(
        edges.subSet(min, true, max, true).stream().map(canonical).toList(),
        draw -> {
          BigInteger number = draw.number(bits);
          return canonical.apply(min.signum() < 0 ? number : number.abs());
        });
  }

  private static Recipe decimals(int precision, int scale) {
    BigInteger unit = BigInteger.TEN.pow(scale);
    BigInteger max = BigInteger.TEN.pow(precision).subtract(ONE);
    List<BigInteger> magnitudes = new ArrayList<>();
    Stream.of(1, 4, 5, 9, 49, 50, 51).map(BigInteger::valueOf).forEach(magnitudes::add);
    Stream.of(
            unit.divide(BigInteger.TWO),
            unit.subtract(ONE),
            unit,
            unit.add(ONE),
            unit.multiply(BigInteger.TEN),
            ONE.shiftLeft(53).add(ONE),
            max.divide(BigInteger.valueOf(3)),
            max.subtract(unit).add(ONE),
            max.subtract(ONE),
            max)
        .forEach(magnitudes::add);
    List<BigDecimal> edges = new ArrayList<>();
    edges.add(new BigDecimal(BigInteger.ZERO, scale));
    for (BigInteger magnitude : magnitudes) {
      edges.add(new BigDecimal(magnitude, scale));
      edges.add(new BigDecimal(magnitude.negate(), scale));
    }
    int safeBits = max.bitLength() - 1;
    return new Recipe(
        edges,
        draw ->
            draw.chance(50)
                ? BigDecimal.valueOf(draw.number(30).longValue(), 2).setScale(scale)
                : new BigDecimal(draw.number(safeBits), scale));
  }
}

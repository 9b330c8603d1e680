package io.plumbline.matrix.dataset;

import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import net.datafaker.Faker;
import org.jspecify.annotations.Nullable;

/** Seeded draws for one logical type. */
final class Draw {
  private final Random random;
  private final long seed;
  private @Nullable Faker faker;

  Draw(long seed) {
    this.random = new Random(seed);
    this.seed = seed;
  }

  /** Made when it is first asked for: most types draw numbers only. */
  Faker faker() {
    Faker made = faker;
    if (made == null) {
      made = new Faker(Locale.ENGLISH, new Random(seed));
      faker = made;
    }
    return made;
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  long bits() {
    return random.nextLong();
  }

  boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  <T> T oneOf(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  /** A number of at most so many bits, small ones as likely as large ones, of either sign. */
  BigInteger number(int maxBits) {
    BigInteger magnitude = new BigInteger(1 + random.nextInt(maxBits), random);
    return random.nextBoolean() ? magnitude : magnitude.negate();
  }

  byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }
}

package io.plumbline.matrix.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyPermutationTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 7, 15, 16, 17, 100, 101, 9_973, 10_000, 65_537, 100_003})
  void hitsEveryPlaceOnce(int size) {
    KeyPermutation permutation = new KeyPermutation(size, 42);
    BitSet hit = new BitSet(size);

    IntStream.range(0, size)
        .forEach(
            i -> {
              long place = permutation.apply(i);
              assertThat(place).isBetween(0L, size - 1L);
              hit.set((int) place);
            });

    assertThat(hit.cardinality()).isEqualTo(size);
  }

  @Test
  void staysInRangeAtTheLargestVolume() {
    KeyPermutation permutation = new KeyPermutation(Volume.MAX_ROWS, 42);

    for (long i = 0; i < 1_000; i++) {
      assertThat(permutation.apply(Volume.MAX_ROWS - 1 - i)).isBetween(0L, Volume.MAX_ROWS - 1);
    }
  }

  @Test
  void interleavesAndDependsOnTheSeed() {
    int size = 10_000;
    KeyPermutation one = new KeyPermutation(size, 1);
    KeyPermutation two = new KeyPermutation(size, 2);

    long lowInFirstHalf = IntStream.range(0, size / 2).filter(i -> one.apply(i) < 1_000).count();
    long same = IntStream.range(0, size).filter(i -> one.apply(i) == two.apply(i)).count();

    assertThat(lowInFirstHalf).isBetween(400L, 600L);
    assertThat(same).isLessThan(20);
  }
}

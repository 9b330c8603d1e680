package io.plumbline.matrix.connector;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EncodedValuesTest {
  private static final long SEED = 20260603;

  /** What it remembers. */
  private static final int MOST = 1 << 12;

  private final Map<String, Integer> encoded = new HashMap<>();
  private final EncodedValues values = new EncodedValues(this::encode, false);

  private byte[] encode(Object value) {
    encoded.merge((String) value, 1, Integer::sum);
    return bytes(value);
  }

  private static byte[] bytes(Object value) {
    return ((String) value).getBytes(StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 128, 129, 1_000, MOST})
  void everyObjectIsEncodedOnceHoweverOftenItComes(int count) {
    List<String> objects = objects(count);
    visit(objects);
    assertThat(encoded).hasSize(count).allSatisfy((text, times) -> assertThat(times).isOne());
  }

  @Test
  void whatDoesNotFitIsEncodedEachTimeAndRight() {
    List<String> objects = objects(MOST + 100);
    visit(objects);
    assertThat(encoded.values().stream().filter(times -> times == 1)).hasSize(MOST);
  }

  @Test
  void valuesThatHardlyEverComeAgainAreNotRemembered() {
    EncodedValues distinct = new EncodedValues(this::encode, true);
    String value = "a";
    assertThat(distinct.of(value)).isEqualTo(bytes(value));
    assertThat(distinct.of(value)).isEqualTo(bytes(value));
    assertThat(encoded).containsEntry(value, 2);
  }

  private static List<String> objects(int count) {
    return IntStream.range(0, count).mapToObj(i -> "value " + i).toList();
  }

  /** Each at least twice. */
  private void visit(List<String> objects) {
    Random random = new Random(SEED);
    IntStream.concat(
            IntStream.range(0, 2 * objects.size()).map(i -> i % objects.size()),
            random.ints(4L * objects.size(), 0, objects.size()))
        .mapToObj(objects::get)
        .forEach(object -> assertThat(values.of(object)).isEqualTo(bytes(object)));
  }
}

package io.plumbline.matrix.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecodedValuesTest {
  private static final long SEED = 20260603;

  /** What it remembers. */
  private static final int MOST = 1 << 12;

  private final Map<String, Integer> decoded = new HashMap<>();
  private final DecodedValues values = new DecodedValues(this::decode, false);

  private Object decode(byte[] b, int at, int length) {
    String text = new String(b, at, length, StandardCharsets.UTF_8);
    decoded.merge(text, 1, Integer::sum);
    return text;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 128, 129, 1_000, MOST})
  void equalCellsAreDecodedOnceAndShareTheirValue(int count) {
    visit(count);
    assertThat(decoded).hasSize(count).allSatisfy((text, times) -> assertThat(times).isOne());
    assertThat(get("value 0")).isSameAs(get("value 0"));
  }

  @Test
  void whatDoesNotFitIsDecodedEachTimeAndRight() {
    visit(MOST + 100);
    assertThat(decoded.values().stream().filter(times -> times == 1)).hasSize(MOST);
  }

  @Test
  void largeCellsAreDecodedEachTimeSoThatTheyFillNoMemory() {
    String large = "x".repeat(3 << 20);
    for (int i = 0; i < 2; i++) {
      assertThat(get(large)).isEqualTo(large);
      assertThat(get(large + "y")).isEqualTo(large + "y");
      assertThat(get("small")).isEqualTo("small");
    }
    assertThat(decoded).containsOnly(entry(large, 1), entry(large + "y", 2), entry("small", 1));
  }

  /** So many that some meet where they are looked for. */
  @Test
  void aCellIsNotTakenForALongerOneThatBeginsAsItDoes() {
    List<String> alike = IntStream.range(0, 500).mapToObj(i -> "a".repeat(500 - i)).toList();
    assertThat(alike).allSatisfy(text -> assertThat(get(text)).isEqualTo(text));
    assertThat(decoded).containsOnlyKeys(alike).doesNotContainValue(2);
  }

  @Test
  void aBufferThatIsUsedAgainChangesNothing() {
    byte[] buffer = "first".getBytes(StandardCharsets.UTF_8);
    assertThat(values.get(buffer, 0, buffer.length)).isEqualTo("first");
    System.arraycopy("other".getBytes(StandardCharsets.UTF_8), 0, buffer, 0, buffer.length);
    assertThat(values.get(buffer, 0, buffer.length)).isEqualTo("other");
    assertThat(get("first")).isEqualTo("first");
  }

  @Test
  void valuesThatHardlyEverComeAgainAreNotRemembered() {
    DecodedValues distinct = new DecodedValues(this::decode, true);
    byte[] cell = "a".getBytes(StandardCharsets.UTF_8);
    distinct.get(cell, 0, cell.length);
    distinct.get(cell, 0, cell.length);
    assertThat(decoded).containsEntry("a", 2);
  }

  private void visit(int count) {
    Random random = new Random(SEED);
    IntStream.concat(
            IntStream.range(0, 2 * count).map(i -> i % count), random.ints(4L * count, 0, count))
        .mapToObj(i -> "value " + i)
        .forEach(text -> assertThat(get(text)).isEqualTo(text));
  }

  private Object get(String text) {
    byte[] padded = ("<" + text + ">").getBytes(StandardCharsets.UTF_8);
    return values.get(padded, 1, padded.length - 2);
  }
}

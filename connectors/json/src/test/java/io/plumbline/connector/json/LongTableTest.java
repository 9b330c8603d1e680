package io.plumbline.connector.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class LongTableTest {
  @Test
  void holdsWhatAMapHolds() {
    Random random = new Random(7);
    LongTable table = new LongTable();
    Map<Long, Long> map = new TreeMap<>();
    for (int i = 0; i < 20_000; i++) {
      long key = random.nextInt(3_000) - 1_500L + (i % 3) * (Long.MAX_VALUE / 2);
      table.put(key, i);
      map.put(key, (long) i);
    }
    assertThat(table.size()).isEqualTo(map.size());
    assertThat(table.sortedKeys()).containsExactly(map.keySet().toArray(new Long[0]));
    Map<Long, Long> visited = new TreeMap<>();
    table.forEach(visited::put);
    assertThat(visited).isEqualTo(map);
    map.forEach((key, value) -> assertThat(table.get(key, -1)).isEqualTo(value));
    assertThat(table.get(9_999, -1)).isEqualTo(-1);
    table.clear();
    assertThat(table.size()).isZero();
    assertThat(table.get(1, -1)).isEqualTo(-1);
    assertThat(table.sortedKeys()).isEmpty();
  }
}

package io.plumbline.matrix.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatasetTest {
  private static final Dataset DATASET = new Dataset(Volume.DEFAULT);

  @ParameterizedTest
  @CsvSource({
    "1, 0.20, 0.05",
    "1, 1, 1",
    "100, 0.29, 0.07",
    "100, 0.29, 0.29",
    "10000, 0.20, 0.05",
    "10000, 0, 0",
    "1000000, 0.20, 0.05"
  })
  void classesAreAsManyAsDocumented(long rows, BigDecimal changeRatio, BigDecimal deleteRatio) {
    Volume volume = new Volume(rows, changeRatio, deleteRatio, 1, 7);
    Dataset dataset = new Dataset(volume);
    Map<RowClass, Long> expected = new EnumMap<>(RowClass.class);
    expected.put(RowClass.STABLE, volume.stable());
    expected.put(RowClass.UPDATED, volume.updated());
    expected.put(RowClass.DELETED, volume.deleted());
    expected.put(RowClass.INSERTED, volume.inserted());
    expected.values().removeIf(count -> count == 0);

    Map<RowClass, Long> counts =
        LongStream.rangeClosed(1, volume.maxKey())
            .mapToObj(dataset::classOf)
            .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));

    assertThat(counts).isEqualTo(expected);
    assertThat(dataset.classOf(0)).isEqualTo(RowClass.FOREIGN);
    assertThat(dataset.classOf(volume.maxKey() + 1)).isEqualTo(RowClass.FOREIGN);
  }

  @Test
  void everyGroupOfTwelveHasThreeColumnsOfEachSparsityAndEachTypeTwice() {
    List<Column> wide = wide();

    assertThat(wide).hasSize(120);
    assertThat(wide.get(0).name()).isEqualTo("w001_smallint");
    assertThat(wide.get(119).name()).isEqualTo("w120_float32");
    for (int group = 0; group < 10; group++) {
      List<Column> twelve = wide.subList(group * 12, group * 12 + 12);
      assertThat(count(twelve, Column::nullPercent))
          .isEqualTo(Map.of(0, 3L, 25, 3L, 50, 3L, 90, 3L));
      assertThat(count(twelve, column -> column.type().group())).hasSize(1);
    }
    assertThat(count(wide, Column::type))
        .hasSize(LogicalType.values().length)
        .allSatisfy((type, columns) -> assertThat(columns).isEqualTo(2));
    assertThat(DATASET.columns())
        .extracting(Column::index)
        .isEqualTo(IntStream.range(0, 126).boxed().toList());
  }

  @Test
  void nullsAreAsFrequentAsDeclared() {
    int[] nulls = new int[126];
    LongStream.rangeClosed(1, 10_000)
        .mapToObj(key -> DATASET.row(key, 1))
        .forEach(
            row -> IntStream.range(0, 126).filter(i -> row[i] == null).forEach(i -> nulls[i]++));

    assertThat(DATASET.columns())
        .allSatisfy(
            column -> {
              int expected = column.nullPercent() * 100;
              // Five standard deviations of the most variable bucket.
              int slack = expected == 0 ? 0 : 250;
              assertThat(nulls[column.index()]).isBetween(expected - slack, expected + slack);
            });
  }

  @Test
  void columnsOfASparsityAreNotNullOnTheSameRows() {
    List<Column> halfNull = wide().stream().filter(column -> column.nullPercent() == 50).toList();

    for (int i = 1; i < halfNull.size(); i++) {
      int left = halfNull.get(i - 1).index();
      int right = halfNull.get(i).index();
      long both =
          LongStream.rangeClosed(1, 10_000)
              .mapToObj(key -> DATASET.row(key, 1))
              .filter(row -> row[left] == null && row[right] == null)
              .count();
      assertThat(both).isBetween(2_250L, 2_750L);
    }
  }

  @Test
  void datesLieWhereTheClassSays() {
    Set<LocalDate> stable = new HashSet<>();
    Set<LocalDate> changed = new HashSet<>();
    for (long key = 1; key <= DATASET.volume().maxKey(); key++) {
      RowClass rowClass = DATASET.classOf(key);
      (rowClass == RowClass.STABLE ? stable : changed).add(DATASET.dateOf(key));
      assertThat(DATASET.row(key, 1)[Column.BUSINESS_DATE]).isEqualTo(DATASET.dateOf(key));
      assertThat(DATASET.row(key, 2)[Column.BUSINESS_DATE]).isEqualTo(DATASET.dateOf(key));
    }

    assertThat(stable)
        .containsExactlyInAnyOrderElementsOf(
            LocalDate.of(2026, 5, 5).datesUntil(LocalDate.of(2026, 6, 4)).toList());
    assertThat(changed)
        .containsExactlyInAnyOrder(
            LocalDate.of(2026, 6, 1), LocalDate.of(2026, 6, 2), LocalDate.of(2026, 6, 3))
        .containsExactlyInAnyOrderElementsOf(Dataset.changedDates());
  }

  @ParameterizedTest
  @CsvSource({
    "10000, 20260603",
    "10000, 0",
    "10000, 1",
    "10000, -1",
    "10000, 987654321",
    "600, 20260603",
    "200, 20260603"
  })
  void changesAreAMicrosecondLaterThanTheBaseAndTheLastCursorIsShared(long rows, long seed) {
    Dataset dataset =
        new Dataset(new Volume(rows, new BigDecimal("0.20"), new BigDecimal("0.05"), 0, seed));
    TreeMap<LocalDateTime, Integer> base = new TreeMap<>();
    TreeMap<LocalDateTime, Integer> changed = new TreeMap<>();
    for (long key = 1; key <= dataset.volume().maxKey(); key++) {
      RowClass rowClass = dataset.classOf(key);
      if (rowClass != RowClass.INSERTED) {
        base.merge(updatedAt(dataset, key, 1), 1, Integer::sum);
      }
      if (rowClass != RowClass.STABLE) {
        changed.merge(updatedAt(dataset, key, 2), 1, Integer::sum);
      }
    }

    assertThat(changed.firstKey()).isEqualTo(base.lastKey().plusNanos(1_000));
    assertThat(base.lastEntry().getValue()).isGreaterThanOrEqualTo(2);
    assertThat(changed.lastEntry().getValue()).isGreaterThanOrEqualTo(2);
    assertThat(base.firstKey()).isEqualTo(LocalDateTime.parse("2026-05-05T00:00:00.000001"));
  }

  @Test
  void cursorAndAmountAreIndependent() {
    List<Object[]> early =
        LongStream.rangeClosed(1, 10_000)
            .mapToObj(key -> DATASET.row(key, 1))
            .filter(row -> ((LocalDateTime) row[Column.UPDATED_AT]).getMonthValue() == 5)
            .toList();

    long large =
        early.stream()
            .filter(row -> ((BigDecimal) row[Column.AMOUNT]).compareTo(new BigDecimal("500")) > 0)
            .count();

    assertThat(large).isBetween(early.size() * 45L / 100, early.size() * 55L / 100);
  }

  @Test
  void updatesChangeBetweenOneAndAllWideColumnsAndTheFixedOnes() {
    Map<Integer, Integer> rowsByChangedCells = new HashMap<>();
    int[] changesByColumn = new int[126];
    for (long key = 1; key <= 10_000; key++) {
      if (DATASET.classOf(key) != RowClass.UPDATED) {
        continue;
      }
      Object[] before = DATASET.row(key, 1);
      Object[] after = DATASET.row(key, 2);
      int[] different =
          IntStream.range(0, 126)
              .filter(i -> !java.util.Objects.equals(before[i], after[i]))
              .toArray();
      Arrays.stream(different).forEach(i -> changesByColumn[i]++);
      assertThat(different).contains(Column.UPDATED_AT, Column.VERSION, Column.AMOUNT);
      assertThat(different).doesNotContain(Column.ID, Column.BUSINESS_DATE, Column.IS_DELETED);
      rowsByChangedCells.merge(different.length - 3, 1, Integer::sum);
      assertThat(before[Column.VERSION]).isEqualTo(1L);
      assertThat(after[Column.VERSION]).isEqualTo(2L);
    }

    assertThat(rowsByChangedCells.keySet()).allMatch(count -> count >= 1 && count <= 120);
    assertThat(rowsByChangedCells.get(1)).isBetween(200, 320);
    assertThat(rowsByChangedCells).containsKey(120).hasSizeGreaterThan(100);
    assertThat(Arrays.stream(changesByColumn).skip(Column.FIRST_WIDE)).allMatch(n -> n > 300);
  }

  @ParameterizedTest
  @ValueSource(longs = {10_000, 40_000})
  void stableRowsAreTheSameInBothVersions(long rows) {
    Dataset dataset =
        new Dataset(new Volume(rows, new BigDecimal("0.2"), new BigDecimal("0.05"), 120, 5));
    for (long key = 1; key <= 5_000; key++) {
      if (dataset.classOf(key) == RowClass.STABLE) {
        assertThat(dataset.row(key, 2)).containsExactly(dataset.row(key, 1));
      }
    }
  }

  /** Every row of a small volume, and rows from all over a large one. */
  @ParameterizedTest
  @CsvSource({
    "1, 0.20, 0.05",
    "1, 1, 0",
    "1, 1, 1",
    "100, 0.29, 0.07",
    "100, 0.29, 0.29",
    "10000, 0.20, 0.05",
    "10000, 0, 0",
    "1000000, 0.20, 0.05",
    "1000000, 0, 0"
  })
  void everyVolumeIsAsDocumented(long rows, BigDecimal changeRatio, BigDecimal deleteRatio) {
    Dataset dataset = new Dataset(new Volume(rows, changeRatio, deleteRatio, 120, 20260603L));
    long step = Math.max(1, rows / 20_000) | 1;
    int looked = 0;
    int updated = 0;
    int updatedInOneColumn = 0;
    int[] nulls = new int[126];
    for (long key = 1; key <= dataset.volume().maxKey(); key += step) {
      RowClass rowClass = dataset.classOf(key);
      Object[] before = dataset.row(key, 1);
      Object[] after = dataset.row(key, 2);
      looked++;
      IntStream.range(0, 126).filter(i -> before[i] == null).forEach(i -> nulls[i]++);
      assertThat(before[Column.ID]).isEqualTo(key);
      assertThat((LocalDate) before[Column.BUSINESS_DATE])
          .isEqualTo(dataset.dateOf(key))
          .isBetween(
              rowClass == RowClass.STABLE ? Dataset.FIRST_DATE : Dataset.FIRST_CHANGED_DATE,
              Dataset.LAST_DATE);
      int[] different =
          IntStream.range(0, 126)
              .filter(i -> !java.util.Objects.equals(before[i], after[i]))
              .toArray();
      if (rowClass == RowClass.STABLE) {
        assertThat(different).isEmpty();
      } else if (rowClass == RowClass.UPDATED) {
        updated++;
        assertThat(different)
            .contains(Column.UPDATED_AT, Column.VERSION, Column.AMOUNT)
            .doesNotContain(Column.ID, Column.BUSINESS_DATE, Column.IS_DELETED)
            .hasSizeBetween(4, 123);
        updatedInOneColumn += different.length == 4 ? 1 : 0;
      }
    }
    for (Column column : dataset.columns()) {
      double share = column.nullPercent() / 100.0;
      double slack = 5 * Math.sqrt(share * (1 - share) * looked) + (share == 0 ? 0 : 1);
      assertThat((double) nulls[column.index()])
          .as(column.name())
          .isBetween(share * looked - slack, share * looked + slack);
    }
    if (updated >= 100) {
      assertThat(updatedInOneColumn).isBetween(updated / 6, updated / 3);
    }
  }

  @ParameterizedTest
  @CsvSource({"100000, 120, true", "250000, 8, true", "250001, 8, false", "1000000, 120, false"})
  void somethingIsKeptOfEveryKeyOnlyWhileThatIsLittle(long rows, int wide, boolean indexed) {
    Dataset dataset = new Dataset(new Volume(rows, BigDecimal.ZERO, BigDecimal.ZERO, wide, 5));
    assertThat(dataset.indexed()).isEqualTo(indexed);
  }

  @Test
  void rowsDoNotDependOnWhetherTheVolumeIsKeptInMemory() {
    // Classes differ between sizes, so only rows that are stable in both are comparable.
    Dataset small = new Dataset(new Volume(1_000, BigDecimal.ZERO, BigDecimal.ZERO, 120, 5));
    Dataset large = new Dataset(new Volume(100_000, BigDecimal.ZERO, BigDecimal.ZERO, 120, 5));

    for (long key = 1; key <= 1_000; key++) {
      Object[] expected = large.row(key, 1);
      Object[] actual = small.row(key, 1);
      for (int i = 0; i < 126; i++) {
        if (i != Column.UPDATED_AT) {
          assertThat(actual[i]).isEqualTo(expected[i]);
        }
      }
    }
  }

  @Test
  void everyValueOfEveryDomainOccurs() {
    Map<LogicalType, Set<Object>> seen = new EnumMap<>(LogicalType.class);
    for (long key = 1; key <= 10_000; key++) {
      Object[] row = DATASET.row(key, 1);
      for (Column column : wide()) {
        if (row[column.index()] != null) {
          seen.computeIfAbsent(column.type(), type -> new HashSet<>()).add(row[column.index()]);
        }
      }
    }

    for (Column column : wide()) {
      assertThat(seen.get(column.type()))
          .as(column.name())
          .containsExactlyInAnyOrderElementsOf(DATASET.domain(column));
    }
  }

  @Test
  void amountsArePositiveAndDistinguishRows() {
    Set<Object> amounts =
        LongStream.rangeClosed(1, 10_000)
            .mapToObj(key -> DATASET.row(key, 1)[Column.AMOUNT])
            .collect(Collectors.toSet());

    assertThat(amounts)
        .hasSizeGreaterThan(3_500)
        .allMatch(
            amount -> ((BigDecimal) amount).signum() > 0 && ((BigDecimal) amount).scale() == 4);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 120})
  void narrowVolumesWork(int wide) {
    Dataset dataset =
        new Dataset(new Volume(100, new BigDecimal("0.5"), new BigDecimal("0.1"), wide, 3));

    assertThat(dataset.columns()).hasSize(6 + wide);
    for (long key = 1; key <= dataset.volume().maxKey(); key++) {
      assertThat(dataset.row(key, 2)).hasSize(6 + wide);
      if (dataset.classOf(key) == RowClass.UPDATED) {
        assertThat(dataset.row(key, 2)).isNotEqualTo(dataset.row(key, 1));
      }
    }
  }

  private static List<Column> wide() {
    return DATASET.columns().stream().filter(Column::wide).toList();
  }

  private static LocalDateTime updatedAt(Dataset dataset, long key, int version) {
    return (LocalDateTime) dataset.row(key, version)[Column.UPDATED_AT];
  }

  private static <T, K> Map<K, Long> count(List<T> items, Function<T, K> by) {
    return items.stream().collect(Collectors.groupingBy(by, Collectors.counting()));
  }

  /** The three volumes are kept as rows, as choices, and not at all. */
  @ParameterizedTest
  @ValueSource(longs = {1_000, 50_000, 1_000_000})
  void choicesAndFixedCellsAreThoseOfTheRow(long rows) {
    Volume volume =
        new Volume(
            rows, new BigDecimal("0.20"), new BigDecimal("0.05"), 120, Volume.DEFAULT.seed());
    Dataset dataset = new Dataset(volume);
    for (long key = 1; key <= volume.maxKey(); key += volume.maxKey() / 900 + 1) {
      for (int version = 1; version <= 2; version++) {
        Object[] row = dataset.row(key, version);
        assertThat(Arrays.copyOf(dataset.fixedCells(key, version), Column.FIRST_WIDE))
            .isEqualTo(Arrays.copyOf(row, Column.FIRST_WIDE));
        byte[] choices = dataset.choices(key, version);
        for (Column column : dataset.columns().subList(Column.FIRST_WIDE, row.length)) {
          int choice = choices[column.index() - Column.FIRST_WIDE];
          assertThat(choice == Dataset.NULL_CHOICE ? null : dataset.domain(column).get(choice))
              .isSameAs(row[column.index()]);
        }
      }
    }
  }
}

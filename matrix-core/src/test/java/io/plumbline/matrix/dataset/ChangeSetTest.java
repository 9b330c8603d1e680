package io.plumbline.matrix.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.matrix.dataset.ChangeSet.Deletes;
import io.plumbline.matrix.dataset.ChangeSet.Kind;
import io.plumbline.matrix.dataset.ChangeSet.Part;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ChangeSetTest {
  private record Change(Kind kind, long key, List<Object> row) {}

  private static final Comparator<Change> BY_KEY = Comparator.comparingLong(Change::key);

  private final Dataset dataset = new Dataset(Volume.DEFAULT);

  @Test
  void physicalChangesAscendByKeyAndAreComplete() {
    List<Change> changes = changes(dataset, Deletes.PHYSICAL, Part.ALL);

    assertThat(changes).hasSize(2_000).isSortedAccordingTo(BY_KEY);
    assertThat(changes).extracting(Change::key).doesNotHaveDuplicates();
    assertThat(counts(changes))
        .containsOnly(
            Map.entry(Kind.DELETE, 500L),
            Map.entry(Kind.UPDATE, 1_000L),
            Map.entry(Kind.INSERT, 500L));
    assertThat(changes)
        .allSatisfy(
            change -> {
              assertThat(change.row().get(Column.ID)).isEqualTo(change.key());
              assertThat(change.row().get(Column.VERSION))
                  .isEqualTo(change.kind() == Kind.DELETE ? 1L : 2L);
              assertThat(change.row().get(Column.IS_DELETED)).isEqualTo(false);
            });
    // Deletes and updates are interleaved: neither kind fills the first half alone.
    assertThat(changes.subList(0, 750))
        .filteredOn(change -> change.kind() == Kind.DELETE)
        .hasSizeBetween(150, 350);
  }

  @Test
  void softDeletesAreUpdatesThatMarkTheRow() {
    List<Change> changes = changes(dataset, Deletes.SOFT, Part.ALL);

    assertThat(counts(changes))
        .containsOnly(Map.entry(Kind.UPDATE, 1_500L), Map.entry(Kind.INSERT, 500L));
    assertThat(changes)
        .filteredOn(change -> change.row().get(Column.IS_DELETED).equals(true))
        .hasSize(500)
        .allSatisfy(
            change -> {
              Object[] base = dataset.row(change.key(), 1);
              assertThat(dataset.classOf(change.key())).isEqualTo(RowClass.DELETED);
              assertThat((LocalDateTime) change.row().get(Column.UPDATED_AT))
                  .isAfter((LocalDateTime) base[Column.UPDATED_AT]);
              assertThat(change.row().subList(Column.FIRST_WIDE, base.length))
                  .isEqualTo(nullable(base).subList(Column.FIRST_WIDE, base.length));
            });
  }

  @Test
  void inFlightAndRestMakeAll() {
    for (Deletes deletes : Deletes.values()) {
      List<Change> inFlight = changes(dataset, deletes, Part.IN_FLIGHT);
      List<Change> rest = changes(dataset, deletes, Part.REST);

      assertThat(inFlight).hasSizeBetween(250, 500);
      assertThat(inFlight)
          .extracting(change -> dataset.classOf(change.key()))
          .containsOnly(RowClass.UPDATED, RowClass.INSERTED);
      assertThat(Stream.concat(inFlight.stream(), rest.stream()).sorted(BY_KEY).toList())
          .isEqualTo(changes(dataset, deletes, Part.ALL));
    }
  }

  @Test
  void nothingChangesAtRatioZero() {
    Dataset still = new Dataset(new Volume(100, BigDecimal.ZERO, BigDecimal.ZERO, 120, 1));

    assertThat(changes(still, Deletes.PHYSICAL, Part.ALL)).isEmpty();
  }

  private static List<Change> changes(Dataset dataset, Deletes deletes, Part part) {
    List<Change> changes = new ArrayList<>();
    new ChangeSet(dataset, deletes, part)
        .forEach((kind, key, row) -> changes.add(new Change(kind, key, nullable(row))));
    return changes;
  }

  private static Map<Kind, Long> counts(List<Change> changes) {
    return changes.stream()
        .map(Change::kind)
        .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
  }

  private static List<Object> nullable(Object[] row) {
    return Arrays.asList(row);
  }
}

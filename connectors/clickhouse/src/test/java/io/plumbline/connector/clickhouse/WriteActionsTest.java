package io.plumbline.connector.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.matrix.connector.CaseScope;
import io.plumbline.matrix.connector.Inspector;
import io.plumbline.matrix.connector.Load;
import io.plumbline.matrix.connector.LoadPlan;
import io.plumbline.matrix.connector.LoadTotals;
import io.plumbline.matrix.connector.Op;
import io.plumbline.matrix.connector.RowBatch;
import io.plumbline.matrix.connector.Sink;
import io.plumbline.matrix.connector.TargetLayout;
import io.plumbline.matrix.connector.WriteAction;
import io.plumbline.matrix.dataset.Column;
import io.plumbline.matrix.dataset.Dataset;
import io.plumbline.matrix.registry.Strategy;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What each action makes of a target, also when it is repeated. */
@ExtendWith(Clickhouse.class)
final class WriteActionsTest {
  private static final LocalDate MONDAY = LocalDate.of(2026, 6, 1);
  private static final LocalDate TUESDAY = LocalDate.of(2026, 6, 2);

  private final Dataset dataset = new Dataset(Clickhouse.volume(50));
  private final ClickhouseSystem system;

  WriteActionsTest(ClickhouseSystem system) {
    this.system = system;
  }

  private record Found(Object[] cells, long token, Inspector.@Nullable Validity validity) {
    long key() {
      return (Long) cells[Column.ID];
    }

    String text() {
      return key() + "=" + cells[Column.AMOUNT];
    }
  }

  private Sink sink(TargetLayout layout) {
    return system.openSink(scope(layout));
  }

  private CaseScope scope(TargetLayout layout) {
    return Clickhouse.scope(Strategy.FULL_REFRESH, layout, dataset);
  }

  private Object[] row(long key, int amount, LocalDate date) {
    Object[] row = AllValues.carried(scope(TargetLayout.KEYED), dataset.row(1 + key % 50, 1));
    row[Column.ID] = key;
    row[Column.AMOUNT] = BigDecimal.valueOf(amount, 4);
    row[Column.BUSINESS_DATE] = date;
    return row;
  }

  private Object[] row(long key, int amount) {
    return row(key, amount, MONDAY);
  }

  private static LoadTotals load(Sink sink, LoadPlan plan, Object... opsAndRows) {
    try (Load load = sink.writer().begin(plan)) {
      load.write(batch(opsAndRows));
      load.publish();
      return load.held();
    }
  }

  private static RowBatch batch(Object... opsAndRows) {
    RowBatch batch = new RowBatch(100);
    for (int i = 0; i < opsAndRows.length; i += 2) {
      batch.add((Op) opsAndRows[i], (Object[]) opsAndRows[i + 1]);
    }
    return batch;
  }

  private static List<Found> found(Sink sink) {
    List<Found> found = new ArrayList<>();
    sink.inspector().rows((cells, token, validity) -> found.add(new Found(cells, token, validity)));
    return found;
  }

  private static Map<Long, Long> tokens(Sink sink) {
    Map<Long, Long> tokens = new TreeMap<>();
    found(sink).forEach(f -> tokens.put(f.key(), f.token()));
    return tokens;
  }

  private static LoadTotals totals(long rows, long keys, int amount, long deletes) {
    return new LoadTotals(rows, keys, BigDecimal.valueOf(amount, 4), deletes);
  }

  private static LoadPlan plan(String id, WriteAction action, LocalDateTime at, LocalDate... days) {
    return new LoadPlan(id, action, List.of(days), at);
  }

  private static LoadPlan plan(String id, WriteAction action, LocalDate... days) {
    return plan(id, action, Clickhouse.FIRST, days);
  }

  @Test
  void replaceAllTakesTheTargetsPlace() {
    try (Sink sink = sink(TargetLayout.KEYED)) {
      LoadTotals first =
          load(
              sink,
              plan("1", WriteAction.REPLACE_ALL),
              Op.SNAPSHOT,
              row(1, 10),
              Op.SNAPSHOT,
              row(2, 20));
      LoadTotals second = load(sink, plan("2", WriteAction.REPLACE_ALL), Op.SNAPSHOT, row(3, 30));

      assertThat(first.matches(totals(2, 3, 30, 0))).as(first.toString()).isTrue();
      assertThat(second.matches(totals(1, 3, 30, 0))).as(second.toString()).isTrue();
      assertThat(found(sink)).extracting(Found::text).containsExactly("3=0.0030");
      assertThat(sink.inspector().physicalRows()).isEqualTo(1);
      assertThat(sink.inspector().operations()).isEmpty();
      assertThat(sink.inspector().columns())
          .containsExactlyElementsOf(dataset.columns().stream().map(Column::name).toList());
    }
  }

  @Test
  void aLoadThatIsNotPublishedLeavesTheTargetAsItWas() {
    try (Sink sink = sink(TargetLayout.KEYED)) {
      assertThat(sink.inspector().columns()).isEmpty();
      assertThat(found(sink)).isEmpty();
      load(sink, plan("1", WriteAction.REPLACE_ALL), Op.SNAPSHOT, row(1, 10));
      Map<Long, Long> before = tokens(sink);
      for (WriteAction action :
          List.of(WriteAction.REPLACE_ALL, WriteAction.MERGE, WriteAction.REPLACE_WINDOW)) {
        try (Load load = sink.writer().begin(plan("2", action, MONDAY))) {
          load.write(batch(Op.UPDATE, row(1, 99)));
          if (action != WriteAction.REPLACE_ALL) {
            assertThat(tokens(sink)).as("while " + action + " is staged").isEqualTo(before);
          }
        }
        assertThat(tokens(sink)).as("after " + action).isEqualTo(before);
      }
      assertThat(
              system
                  .server()
                  .rows(
                      "SELECT name FROM system.tables WHERE database = '%s'"
                          .formatted(CaseNames.sink(scope(TargetLayout.KEYED)).database())))
          .containsExactly(List.of(CaseNames.TABLE));
    }
  }

  @Test
  void mergeAddsVersionsAndLeavesOtherRowsAlone() {
    try (Sink sink = sink(TargetLayout.KEYED)) {
      load(
          sink,
          plan("1", WriteAction.REPLACE_ALL),
          Op.SNAPSHOT,
          row(1, 10),
          Op.SNAPSHOT,
          row(2, 20),
          Op.SNAPSHOT,
          row(3, 30));
      Map<Long, Long> before = tokens(sink);
      LoadPlan plan = plan("2", WriteAction.MERGE);
      Object[] load = {Op.UPDATE, row(2, 21), Op.DELETE, row(3, 0), Op.INSERT, row(4, 40)};

      LoadTotals held = load(sink, plan, load);
      Map<Long, Long> merged = tokens(sink);
      long physical = sink.inspector().physicalRows();
      LoadTotals heldAgain = load(sink, plan, load);

      assertThat(held.matches(totals(2, 6, 61, 0))).as(held.toString()).isTrue();
      assertThat(heldAgain).isEqualTo(held);
      assertThat(found(sink))
          .extracting(Found::text)
          .containsExactly("1=0.0010", "2=0.0021", "4=0.0040");
      assertThat(merged.get(1L)).isEqualTo(before.get(1L));
      assertThat(merged.get(2L)).isNotEqualTo(before.get(2L));
      // The three, a version each of two, and a deletion.
      assertThat(physical).isEqualTo(6);
    }
  }

  @Test
  void mergesInTheBackgroundChangeNothingThatIsSeen() {
    try (Sink sink = sink(TargetLayout.KEYED)) {
      load(
          sink,
          plan("1", WriteAction.REPLACE_ALL),
          Op.SNAPSHOT,
          row(1, 10),
          Op.SNAPSHOT,
          row(2, 20),
          Op.SNAPSHOT,
          row(3, 30));
      Object[] load = {Op.UPDATE, row(2, 21), Op.DELETE, row(3, 0), Op.INSERT, row(4, 40)};
      load(sink, plan("2", WriteAction.MERGE), load);
      Map<Long, Long> before = tokens(sink);
      assertThat(sink.inspector().physicalRows()).isEqualTo(6);

      system
          .server()
          .execute(
              "OPTIMIZE TABLE %s FINAL"
                  .formatted(CaseNames.sink(scope(TargetLayout.KEYED)).table()));

      assertThat(tokens(sink)).isEqualTo(before);
      assertThat(found(sink))
          .extracting(Found::text)
          .containsExactly("1=0.0010", "2=0.0021", "4=0.0040");
      assertThat(sink.inspector().physicalRows()).as("merged").isLessThan(6);
      load(sink, plan("3", WriteAction.MERGE), Op.INSERT, row(3, 31));
      assertThat(found(sink))
          .extracting(Found::text)
          .containsExactly("1=0.0010", "2=0.0021", "3=0.0031", "4=0.0040");
    }
  }

  @Test
  void ofSeveralChangesOfAKeyTheLastCounts() {
    try (Sink sink = sink(TargetLayout.KEYED)) {
      LoadTotals held =
          load(
              sink,
              plan("1", WriteAction.MERGE),
              Op.INSERT,
              row(1, 10),
              Op.UPDATE,
              row(1, 11),
              Op.INSERT,
              row(2, 20),
              Op.DELETE,
              row(2, 0),
              Op.DELETE,
              row(3, 0),
              Op.INSERT,
              row(3, 30));

      assertThat(held.matches(totals(2, 4, 41, 0))).as(held.toString()).isTrue();
      assertThat(found(sink)).extracting(Found::text).containsExactly("1=0.0011", "3=0.0030");
    }
  }

  @Test
  void aDeleteThatDidNotHappenIsSeenInTheTotals() {
    try (Sink sink = sink(TargetLayout.KEYED);
        Load load = sink.writer().begin(plan("1", WriteAction.MERGE))) {
      load.write(batch(Op.INSERT, row(1, 10), Op.DELETE, row(2, 0)));
      load.publish();
      String table = CaseNames.sink(scope(TargetLayout.KEYED)).table();
      system
          .server()
          .execute("INSERT INTO %s (id, amount, _version) VALUES (2, 0, 9)".formatted(table));
      system
          .server()
          .execute(
              "INSERT INTO %1$s SELECT * REPLACE (5 AS amount, 9 AS _version) FROM %1$s FINAL WHERE id = 1"
                  .formatted(table));
      LoadTotals held = load.held();
      assertThat(held.matches(totals(1, 1, 50_000, 1))).as(held.toString()).isTrue();
    }
  }

  @Test
  void appendTakesBackWhatTheSameLoadAddedBefore() {
    try (Sink sink = sink(TargetLayout.APPEND)) {
      load(sink, plan("1", WriteAction.REPLACE_ALL), Op.SNAPSHOT, row(1, 10));
      load(sink, plan("2", WriteAction.APPEND), Op.UPDATE, row(1, 11), Op.UPDATE, row(2, 20));
      LoadTotals held =
          load(sink, plan("2", WriteAction.APPEND), Op.UPDATE, row(1, 12), Op.UPDATE, row(2, 20));

      assertThat(held.matches(totals(2, 3, 32, 0))).as(held.toString()).isTrue();
      assertThat(found(sink))
          .extracting(Found::text)
          .containsExactlyInAnyOrder("1=0.0010", "1=0.0012", "2=0.0020");
      assertThat(sink.inspector().columns()).doesNotContain("_load_id");
    }
  }

  @Test
  void aWindowIsReplacedAndNothingElse() {
    try (Sink sink = sink(TargetLayout.KEYED)) {
      load(
          sink,
          plan("1", WriteAction.REPLACE_ALL),
          Op.SNAPSHOT,
          row(1, 10, MONDAY),
          Op.SNAPSHOT,
          row(2, 20, TUESDAY),
          Op.SNAPSHOT,
          row(3, 30, TUESDAY));
      Map<Long, Long> before = tokens(sink);
      for (int attempt = 0; attempt < 2; attempt++) {
        LoadTotals held =
            load(
                sink,
                plan("2", WriteAction.REPLACE_WINDOW, TUESDAY),
                Op.REPLACE,
                row(2, 21, TUESDAY));
        assertThat(held.matches(totals(1, 2, 21, 0))).as(held.toString()).isTrue();
        assertThat(found(sink)).extracting(Found::text).containsExactly("1=0.0010", "2=0.0021");
        assertThat(tokens(sink).get(1L)).isEqualTo(before.get(1L));
      }
    }
  }

  @Test
  void historyClosesAndOpensVersionsAlsoWhenRepeated() {
    try (Sink sink = sink(TargetLayout.HISTORY)) {
      load(
          sink,
          plan("1", WriteAction.REPLACE_ALL, Clickhouse.FIRST),
          Op.SNAPSHOT,
          row(1, 10),
          Op.SNAPSHOT,
          row(2, 20),
          Op.SNAPSHOT,
          row(3, 30));
      long untouched = found(sink).get(2).token();
      for (int attempt = 0; attempt < 2; attempt++) {
        LoadTotals held =
            load(
                sink,
                plan("2", WriteAction.HISTORY, Clickhouse.SECOND),
                Op.UPDATE,
                row(1, 11),
                Op.DELETE,
                row(2, 0),
                Op.INSERT,
                row(4, 40));
        assertThat(held.matches(totals(2, 5, 51, 0))).as(held.toString()).isTrue();
        assertThat(found(sink))
            .extracting(Found::text, Found::validity)
            .containsExactly(
                tuple("1=0.0010", Clickhouse.FIRST, Clickhouse.SECOND, false),
                tuple("1=0.0011", Clickhouse.SECOND, null, true),
                tuple("2=0.0020", Clickhouse.FIRST, Clickhouse.SECOND, false),
                tuple("3=0.0030", Clickhouse.FIRST, null, true),
                tuple("4=0.0040", Clickhouse.SECOND, null, true));
      }
      assertThat(found(sink).get(3).token()).isEqualTo(untouched);
      assertThat(sink.inspector().columns()).endsWith("valid_from", "valid_to", "is_current");
    }
  }

  private static org.assertj.core.groups.Tuple tuple(
      String text, LocalDateTime from, @Nullable LocalDateTime to, boolean current) {
    return org.assertj.core.groups.Tuple.tuple(text, new Inspector.Validity(from, to, current));
  }

  @Test
  void aKeyThatIsThereTwiceIsSeenInTheTotals() {
    try (Sink sink = sink(TargetLayout.KEYED)) {
      LoadTotals held =
          load(
              sink,
              plan("1", WriteAction.REPLACE_ALL),
              Op.SNAPSHOT,
              row(1, 10),
              Op.SNAPSHOT,
              row(1, 11));
      assertThat(held.matches(totals(1, 1, 11, 0))).as(held.toString()).isTrue();
    }
  }

  @Test
  void aWindowThatWasReplacedIsNewerThanWhatWasMergedBefore() {
    try (Sink sink = sink(TargetLayout.KEYED)) {
      load(sink, plan("1", WriteAction.REPLACE_ALL), Op.SNAPSHOT, row(1, 10, MONDAY));
      load(sink, plan("2", WriteAction.MERGE), Op.UPDATE, row(1, 11, MONDAY));
      // The key has moved to another day, and its old version lies in a day that stays.
      load(sink, plan("3", WriteAction.REPLACE_WINDOW, TUESDAY), Op.REPLACE, row(1, 12, TUESDAY));
      assertThat(found(sink)).extracting(Found::text).containsExactly("1=0.0012");
    }
  }

  @Test
  void nullWhereNothingMayBeMissingIsTheProductsFailure() {
    try (Sink sink = sink(TargetLayout.KEYED);
        Load load = sink.writer().begin(plan("1", WriteAction.REPLACE_ALL))) {
      Object[] row = row(1, 10);
      row[Column.BUSINESS_DATE] = null;
      assertThatThrownBy(() -> load.write(batch(Op.SNAPSHOT, row)))
          .isInstanceOf(ClickhouseException.class)
          .hasMessageContaining("must not be NULL");
    }
  }

  @Test
  void whatTheServerRefusesIsTheProductsFailure() {
    assertThatThrownBy(() -> system.server().execute("SELECT nonsense"))
        .isInstanceOf(ClickhouseException.class)
        .hasMessageContaining("Code: 47");
  }
}

package io.plumbline.connector.jdbc.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.matrix.connector.CaseScope;
import io.plumbline.matrix.connector.Connector;
import io.plumbline.matrix.connector.Inspector;
import io.plumbline.matrix.connector.Inspector.Validity;
import io.plumbline.matrix.connector.Load;
import io.plumbline.matrix.connector.LoadPlan;
import io.plumbline.matrix.connector.LoadTotals;
import io.plumbline.matrix.connector.Op;
import io.plumbline.matrix.connector.RowBatch;
import io.plumbline.matrix.connector.RunningSystem;
import io.plumbline.matrix.connector.Sink;
import io.plumbline.matrix.connector.SystemFailureException;
import io.plumbline.matrix.connector.TargetLayout;
import io.plumbline.matrix.connector.TypeMapping;
import io.plumbline.matrix.connector.WriteAction;
import io.plumbline.matrix.dataset.Column;
import io.plumbline.matrix.dataset.Dataset;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apiguardian.api.API;
import org.assertj.core.api.SoftAssertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What each action makes of a target, also when it is repeated; and every value on its way in. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public abstract class SinkContract extends SystemContract {
  private static final LocalDateTime FIRST = LocalDateTime.of(2026, 6, 4, 0, 0);
  private static final LocalDateTime SECOND = LocalDateTime.of(2026, 6, 11, 0, 0);
  private static final LocalDate MONDAY = LocalDate.of(2026, 6, 1);
  private static final LocalDate TUESDAY = LocalDate.of(2026, 6, 2);

  private final TypeMapping types;
  private final Dataset dataset = new Dataset(volume(50));

  /** Tests of a system that runs. */
  protected SinkContract(Connector connector, TypeMapping sinkTypes, RunningSystem system) {
    super(connector, system);
    this.types = sinkTypes;
  }

  private record Found(Object[] cells, @Nullable Validity validity) {
    String text() {
      return cells[Column.ID] + "=" + cells[Column.AMOUNT];
    }

    String version() {
      return text() + " " + validity;
    }
  }

  private CaseScope scope(TargetLayout layout) {
    return sinkScope(types, layout, dataset);
  }

  private Sink sink(TargetLayout layout) {
    return system().openSink(scope(layout));
  }

  private Object[] row(long key, int amount, LocalDate date) {
    Object[] row = dataset.row(1 + key % 50, 1).clone();
    row[Column.ID] = key;
    row[Column.AMOUNT] = BigDecimal.valueOf(amount, 4);
    row[Column.BUSINESS_DATE] = date;
    return row;
  }

  private Object[] row(long key, int amount) {
    return row(key, amount, MONDAY);
  }

  private static RowBatch batch(Object... opsAndRows) {
    RowBatch batch = new RowBatch(opsAndRows.length / 2);
    for (int i = 0; i < opsAndRows.length; i += 2) {
      batch.add((Op) opsAndRows[i], (Object[]) opsAndRows[i + 1]);
    }
    return batch;
  }

  private static LoadTotals load(Sink sink, LoadPlan plan, Object... opsAndRows) {
    try (Load load = sink.writer().begin(plan)) {
      load.write(batch(opsAndRows));
      load.publish();
      return load.held();
    }
  }

  private static List<Found> found(Sink sink) {
    List<Found> found = new ArrayList<>();
    sink.inspector().rows((cells, token, validity) -> found.add(new Found(cells, validity)));
    return found;
  }

  private static List<String> texts(Sink sink) {
    return found(sink).stream().map(Found::text).toList();
  }

  private static void assertHeld(LoadTotals held, long rows, long keys, int amount, long deletes) {
    LoadTotals expected = new LoadTotals(rows, keys, BigDecimal.valueOf(amount, 4), deletes);
    assertThat(held.matches(expected)).as("%s, expected %s", held, expected).isTrue();
  }

  private static LoadPlan plan(String id, WriteAction action, LocalDate... window) {
    return new LoadPlan(id, action, List.of(window), id.equals("1") ? FIRST : SECOND);
  }

  @ParameterizedTest
  @EnumSource(
      value = WriteAction.class,
      names = {"REPLACE_ALL", "MERGE"})
  final void everyValueOfEveryTypeIsStoredAsDeclared(WriteAction action) {
    Dataset whole = new Dataset(volume(10_000));
    CaseScope all = sinkScope(types, TargetLayout.KEYED, whole);
    SoftAssertions differences = new SoftAssertions();
    try (Sink sink = system().openSink(all)) {
      try (Load load = sink.writer().begin(plan("1", action))) {
        RowBatch batch = new RowBatch(1_000);
        for (long key = 1; key <= 10_000; key++) {
          batch.add(Op.UPDATE, whole.row(key, 1));
          if (batch.full()) {
            load.write(batch);
            batch.clear();
          }
        }
        load.publish();
      }
      long[] next = {1};
      sink.inspector()
          .rows(
              (cells, token, validity) -> {
                if (differences.assertionErrorsCollected().size() <= 50) {
                  Object[] row = whole.row(next[0], 1);
                  DeclaredValues.assertRow(
                      differences, all, cells, DeclaredValues.stored(all, row));
                }
                next[0]++;
              });
      assertThat(next[0]).isEqualTo(10_001);
      differences.assertAll();
    }
  }

  @Test
  final void replaceAllTakesTheTargetsPlace() {
    try (Sink sink = sink(TargetLayout.KEYED)) {
      LoadPlan first = plan("1", WriteAction.REPLACE_ALL);
      assertHeld(load(sink, first, Op.SNAPSHOT, row(1, 10), Op.SNAPSHOT, row(2, 20)), 2, 3, 30, 0);
      LoadPlan second = plan("2", WriteAction.REPLACE_ALL);
      assertHeld(load(sink, second, Op.SNAPSHOT, row(3, 30)), 1, 3, 30, 0);

      assertThat(texts(sink)).containsExactly("3=0.0030");
      assertThat(sink.inspector().physicalRows()).isEqualTo(1);
      assertThat(sink.inspector().columns())
          .containsExactlyElementsOf(
              scope(TargetLayout.KEYED).columns().stream()
                  .filter(c -> c.atTarget())
                  .map(c -> c.column().name())
                  .toList());
    }
  }

  @Test
  final void aLoadThatIsNotPublishedLeavesTheTargetAsItWas() {
    try (Sink sink = sink(TargetLayout.KEYED)) {
      assertThat(sink.inspector().columns()).isEmpty();
      assertThat(found(sink)).isEmpty();
      load(sink, plan("1", WriteAction.REPLACE_ALL), Op.SNAPSHOT, row(1, 10));
      for (WriteAction action :
          List.of(WriteAction.REPLACE_ALL, WriteAction.MERGE, WriteAction.REPLACE_WINDOW)) {
        try (Load load = sink.writer().begin(plan("2", action, MONDAY))) {
          load.write(batch(Op.UPDATE, row(1, 99)));
          assertThat(texts(sink)).as("while " + action + " is staged").containsExactly("1=0.0010");
        }
        assertThat(texts(sink)).as("after " + action).containsExactly("1=0.0010");
      }
    }
  }

  @Test
  final void mergeWritesByKey() {
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
      for (int attempt = 0; attempt < 2; attempt++) {
        LoadTotals held =
            load(
                sink,
                plan("2", WriteAction.MERGE),
                Op.UPDATE,
                row(1, 10),
                Op.UPDATE,
                row(2, 21),
                Op.DELETE,
                row(3, 0),
                Op.INSERT,
                row(4, 40));
        assertHeld(held, 3, 7, 71, 0);
        assertThat(texts(sink)).containsExactly("1=0.0010", "2=0.0021", "4=0.0040");
      }
    }
  }

  @Test
  final void ofSeveralChangesOfAKeyTheLastCounts() {
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

      assertHeld(held, 2, 4, 41, 0);
      assertThat(texts(sink)).containsExactly("1=0.0011", "3=0.0030");
    }
  }

  @Test
  final void whatSomebodyElseDidSinceIsSeenInTheTotals() {
    try (Sink sink = sink(TargetLayout.KEYED);
        Load load = sink.writer().begin(plan("1", WriteAction.MERGE))) {
      load.write(batch(Op.INSERT, row(1, 10), Op.DELETE, row(2, 0)));
      load.publish();
      try (Load other = sink.writer().begin(plan("2", WriteAction.REPLACE_ALL))) {
        other.write(batch(Op.SNAPSHOT, row(1, 50_000), Op.SNAPSHOT, row(2, 20)));
        other.publish();
      }
      assertHeld(load.held(), 1, 1, 50_000, 1);
    }
  }

  @Test
  final void appendTakesBackWhatTheSameLoadAddedBefore() {
    try (Sink sink = sink(TargetLayout.APPEND)) {
      load(sink, plan("1", WriteAction.REPLACE_ALL), Op.SNAPSHOT, row(1, 10));
      LoadPlan plan = plan("2", WriteAction.APPEND);
      load(sink, plan, Op.UPDATE, row(1, 11), Op.UPDATE, row(2, 20));
      assertHeld(load(sink, plan, Op.UPDATE, row(1, 12), Op.UPDATE, row(2, 20)), 2, 3, 32, 0);

      assertThat(texts(sink)).containsExactlyInAnyOrder("1=0.0010", "1=0.0012", "2=0.0020");
      assertThat(sink.inspector().columns()).doesNotContain("_load_id");
    }
  }

  @Test
  final void aWindowIsReplacedAndNothingElse() {
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
      LoadPlan plan = plan("2", WriteAction.REPLACE_WINDOW, TUESDAY);
      for (int attempt = 0; attempt < 2; attempt++) {
        assertHeld(load(sink, plan, Op.REPLACE, row(2, 21, TUESDAY)), 1, 2, 21, 0);
        assertThat(texts(sink)).containsExactly("1=0.0010", "2=0.0021");
      }
      assertHeld(load(sink, plan("3", WriteAction.REPLACE_WINDOW)), 0, 0, 0, 0);
      assertThat(texts(sink)).as("of an empty window").hasSize(2);
    }
  }

  @Test
  final void historyClosesAndOpensVersionsAlsoWhenRepeated() {
    try (Sink sink = sink(TargetLayout.HISTORY)) {
      load(
          sink,
          plan("1", WriteAction.REPLACE_ALL),
          Op.SNAPSHOT,
          row(1, 10),
          Op.SNAPSHOT,
          row(2, 20),
          Op.SNAPSHOT,
          row(3, 30));
      for (int attempt = 0; attempt < 2; attempt++) {
        LoadTotals held =
            load(
                sink,
                plan("2", WriteAction.HISTORY),
                Op.UPDATE,
                row(1, 11),
                Op.DELETE,
                row(2, 0),
                Op.INSERT,
                row(4, 40));
        assertHeld(held, 2, 5, 51, 0);
        assertThat(found(sink).stream().map(Found::version))
            .containsExactlyElementsOf(
                Stream.of(
                        version("1=0.0010", FIRST, SECOND),
                        version("1=0.0011", SECOND, null),
                        version("2=0.0020", FIRST, SECOND),
                        version("3=0.0030", FIRST, null),
                        version("4=0.0040", SECOND, null))
                    .toList());
      }
      assertThat(sink.inspector().columns()).endsWith("valid_from", "valid_to", "is_current");
    }
  }

  private static String version(String row, LocalDateTime from, @Nullable LocalDateTime to) {
    return row + " " + new Validity(from, to, to == null);
  }

  @Test
  final void aKeyThatIsThereTwiceIsTheProductsFailure() {
    try (Sink sink = sink(TargetLayout.KEYED);
        Load load = sink.writer().begin(plan("1", WriteAction.REPLACE_ALL))) {
      assertThatThrownBy(
              () -> {
                load.write(batch(Op.SNAPSHOT, row(1, 10), Op.SNAPSHOT, row(1, 11)));
                load.publish();
              })
          .isInstanceOf(RuntimeException.class)
          .isNotInstanceOf(SystemFailureException.class)
          .hasMessageContaining("serving 'mover ");
      assertThat(found(sink)).isEmpty();
    }
  }

  @Test
  final void whatCannotBeObservedIsNotClaimed() {
    try (Sink sink = sink(TargetLayout.KEYED)) {
      load(sink, plan("1", WriteAction.REPLACE_ALL), Op.SNAPSHOT, row(1, 10));
      Inspector.Observability observable = sink.inspector().observability();
      sink.inspector()
          .rows(
              (cells, token, validity) -> assertThat(token != 0).isEqualTo(observable.rowTokens()));
      assertThat(sink.inspector().operations().isPresent()).isEqualTo(observable.operationCounts());
    }
  }
}

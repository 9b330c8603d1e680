package io.plumbline.connector.tck;

import static io.plumbline.connector.tck.Cases.plan;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.matrix.connector.CaseScope;
import io.plumbline.matrix.connector.Connector;
import io.plumbline.matrix.connector.Inspector.Observability;
import io.plumbline.matrix.connector.Inspector.OperationCounts;
import io.plumbline.matrix.connector.Inspector.Validity;
import io.plumbline.matrix.connector.Load;
import io.plumbline.matrix.connector.LoadPlan;
import io.plumbline.matrix.connector.LoadTotals;
import io.plumbline.matrix.connector.Op;
import io.plumbline.matrix.connector.RowBatch;
import io.plumbline.matrix.connector.RunningSystem;
import io.plumbline.matrix.connector.Sink;
import io.plumbline.matrix.connector.TargetLayout;
import io.plumbline.matrix.connector.TypeMapping;
import io.plumbline.matrix.connector.WriteAction;
import io.plumbline.matrix.dataset.Column;
import io.plumbline.matrix.dataset.Dataset;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.apiguardian.api.API;
import org.assertj.core.api.SoftAssertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What each action makes of a target, also when it is repeated; and every value on its way in. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public abstract class SinkContract extends SystemContract {
  private static final LocalDate MONDAY = LocalDate.of(2026, 6, 1);
  private static final LocalDate TUESDAY = LocalDate.of(2026, 6, 2);

  private static final int ATTEMPTS = 2;

  private final TypeMapping types;
  private final Observability observability;
  private final Dataset dataset = new Dataset(Cases.volume(50));

  /**
   * Tests of a system that runs.
   *
   * @param observability what its inspector sees beside the rows
   */
  protected SinkContract(
      Connector connector,
      TypeMapping sinkTypes,
      RunningSystem system,
      Observability observability) {
    super(connector, system);
    this.types = sinkTypes;
    this.observability = observability;
  }

  /** True where a merge writes also rows that stay as they are; false unless overridden. */
  protected boolean mergeRewritesEqualRows() {
    return false;
  }

  /** Physical rows after two rows were replaced by one; one unless overridden. */
  protected long physicalRowsAfterReplacement() {
    return 1;
  }

  /**
   * Fails when something of a load that was not published is left; overridden where one can see.
   */
  protected void assertNothingIsStaged(CaseScope scope) {}

  record Found(long key, Object amount, long token, @Nullable Validity validity) {
    String text() {
      return key + "=" + amount;
    }
  }

  /** A row of a load and what happened to it. */
  public record Change(Op op, Object[] row) {}

  /** The case that writes to a target of a shape. */
  protected final CaseScope scope(TargetLayout layout) {
    return sinkScope(types, layout, dataset);
  }

  /** Its sink, which has no target yet. */
  protected final Sink sink(TargetLayout layout) {
    return system().openSink(scope(layout));
  }

  /** A change of a row whose amount is given in its smallest unit. */
  protected final Change change(Op op, long key, int amount, LocalDate date) {
    Object[] row = dataset.row(1 + key % 50, 1).clone();
    row[Column.ID] = key;
    row[Column.AMOUNT] = BigDecimal.valueOf(amount, 4);
    row[Column.BUSINESS_DATE] = date;
    return new Change(op, row);
  }

  /** A row of a whole target, of Monday. */
  protected final Change snapshot(long key, int amount) {
    return change(Op.SNAPSHOT, key, amount, MONDAY);
  }

  /** A new row of Monday. */
  protected final Change insert(long key, int amount) {
    return change(Op.INSERT, key, amount, MONDAY);
  }

  /** A changed row of Monday. */
  protected final Change update(long key, int amount) {
    return change(Op.UPDATE, key, amount, MONDAY);
  }

  /** A row that is gone. */
  protected final Change delete(long key) {
    return change(Op.DELETE, key, 0, MONDAY);
  }

  /** Changes in their order. */
  protected static RowBatch batch(Change... changes) {
    RowBatch batch = new RowBatch(changes.length);
    for (Change change : changes) {
      batch.add(change.op(), change.row());
    }
    return batch;
  }

  /**
   * Loads changes and publishes them.
   *
   * @return what the target holds of them
   */
  protected static LoadTotals load(Sink sink, LoadPlan plan, Change... changes) {
    try (Load load = sink.writer().begin(plan)) {
      if (changes.length > 0) {
        load.write(batch(changes));
      }
      load.publish();
      return load.held();
    }
  }

  /** The first load of a target. */
  protected static LoadTotals loadAll(Sink sink, Change... rows) {
    return load(sink, plan("1", WriteAction.REPLACE_ALL), rows);
  }

  static List<Found> found(Sink sink) {
    List<Found> found = new ArrayList<>();
    sink.inspector()
        .rows(
            (cells, token, validity) ->
                found.add(
                    new Found(
                        (Long) cells[Column.ID],
                        Objects.requireNonNull(cells[Column.AMOUNT]),
                        token,
                        validity)));
    return found;
  }

  /** The target's rows as {@code key=amount}. */
  protected static List<String> texts(Sink sink) {
    return found(sink).stream().map(Found::text).toList();
  }

  /** By key; all zero where the system has none. */
  protected static Map<Long, Long> tokens(Sink sink) {
    Map<Long, Long> tokens = new TreeMap<>();
    found(sink).forEach(row -> tokens.put(row.key(), row.token()));
    return tokens;
  }

  static long token(Sink sink, long key) {
    return found(sink).stream().filter(row -> row.key() == key).findFirst().orElseThrow().token();
  }

  static void assertHeld(LoadTotals held, long rows, long keys, int amount, long deletes) {
    LoadTotals expected = new LoadTotals(rows, keys, BigDecimal.valueOf(amount, 4), deletes);
    assertThat(held.matches(expected)).as("%s, expected %s", held, expected).isTrue();
  }

  @ParameterizedTest
  @EnumSource(value = WriteAction.class, mode = EnumSource.Mode.EXCLUDE, names = "HISTORY")
  final void everyValueOfEveryTypeIsStoredAsDeclared(WriteAction action) {
    assertStoredAsDeclared(
        action, action == WriteAction.APPEND ? TargetLayout.APPEND : TargetLayout.KEYED);
  }

  final void assertStoredAsDeclared(WriteAction action, TargetLayout layout) {
    Dataset whole = new Dataset(Cases.volume(AllValues.ROWS));
    LocalDate[] window =
        LongStream.rangeClosed(1, AllValues.ROWS)
            .mapToObj(whole::dateOf)
            .distinct()
            .toArray(LocalDate[]::new);
    CaseScope all = sinkScope(types, layout, whole);
    SoftAssertions differences = new SoftAssertions();
    List<Long> rows = new ArrayList<>();
    List<Long> events = new ArrayList<>();
    try (Sink sink = system().openSink(all)) {
      try (Load load = sink.writer().begin(plan("1", action, window))) {
        RowBatch batch = new RowBatch(AllValues.ROWS / 3);
        for (long key = 1; key <= AllValues.ROWS; key++) {
          batch.add(Op.UPDATE, whole.row(key, 1));
          if (batch.full()) {
            load.write(batch);
            batch.clear();
          }
        }
        load.publish();
      }
      sink.inspector()
          .rows((cells, token, validity) -> rows.add(assertStored(differences, all, whole, cells)));
      sink.inspector()
          .events(
              0,
              event -> {
                if (event.cells() != null) {
                  events.add(assertStored(differences, all, whole, event.cells()));
                }
              });
    }
    List<Long> keys = LongStream.rangeClosed(1, AllValues.ROWS).boxed().toList();
    assertThat(rows).containsExactlyElementsOf(keys);
    if (observability.events()) {
      assertThat(events).containsExactlyInAnyOrderElementsOf(keys);
    } else {
      assertThat(events).isEmpty();
    }
    differences.assertAll();
  }

  /** The row's key. */
  private static long assertStored(
      SoftAssertions differences, CaseScope scope, Dataset dataset, Object[] cells) {
    long key = (Long) cells[Column.ID];
    if (differences.assertionErrorsCollected().size() <= 50) {
      Object[] stored = DeclaredValues.stored(scope, dataset.row(key, 1));
      DeclaredValues.assertRow(differences, scope, cells, stored);
    }
    return key;
  }

  @Test
  final void replaceAllTakesTheTargetsPlace() {
    try (Sink sink = sink(TargetLayout.KEYED)) {
      assertHeld(loadAll(sink, snapshot(1, 10), snapshot(2, 20)), 2, 3, 30, 0);
      List<OperationCounts> before = sink.inspector().operations().stream().toList();
      assertHeld(load(sink, plan("2", WriteAction.REPLACE_ALL), snapshot(3, 30)), 1, 3, 30, 0);

      assertThat(texts(sink)).containsExactly("3=0.0030");
      assertThat(sink.inspector().physicalRows()).isEqualTo(physicalRowsAfterReplacement());
      assertThat(sink.inspector().columns())
          .containsExactlyElementsOf(
              scope(TargetLayout.KEYED).columns().stream()
                  .filter(c -> c.atTarget())
                  .map(c -> c.column().name())
                  .toList());
      if (observability.operationCounts()) {
        OperationCounts after = sink.inspector().operations().orElseThrow();
        assertThat(after.generation()).isNotEqualTo(before.get(0).generation());
        assertThat(after.inserts()).isEqualTo(1);
      }
    }
  }

  @Test
  final void aLoadThatIsNotPublishedLeavesTheTargetAsItWas() {
    try (Sink sink = sink(TargetLayout.KEYED)) {
      assertThat(sink.inspector().columns()).isEmpty();
      assertThat(found(sink)).isEmpty();
      loadAll(sink, snapshot(1, 10));
      List<Found> before = found(sink);
      assertThat(texts(sink)).containsExactly("1=0.0010");
      for (WriteAction action :
          List.of(WriteAction.REPLACE_ALL, WriteAction.MERGE, WriteAction.REPLACE_WINDOW)) {
        try (Load load = sink.writer().begin(plan("2", action, MONDAY))) {
          load.write(batch(update(1, 99)));
          assertThat(found(sink)).as("while " + action + " is staged").isEqualTo(before);
        }
        assertThat(found(sink)).as("after " + action).isEqualTo(before);
      }
      assertNothingIsStaged(scope(TargetLayout.KEYED));
    }
  }

  @Test
  final void mergeWritesByKeyAndLeavesOtherRowsAlone() {
    try (Sink sink = sink(TargetLayout.KEYED)) {
      loadAll(sink, snapshot(1, 10), snapshot(2, 20), snapshot(3, 30), snapshot(5, 50));
      Map<Long, Long> before = tokens(sink);
      LoadPlan plan = plan("2", WriteAction.MERGE);
      Change[] changes = {update(1, 10), update(2, 21), delete(3), insert(4, 40)};
      LoadTotals held = load(sink, plan, changes);
      Map<Long, Long> merged = tokens(sink);
      assertMerged(sink, held);
      assertThat(load(sink, plan, changes)).as("repeated").isEqualTo(held);
      assertMerged(sink, held);

      assertThat(merged.get(5L)).isEqualTo(before.get(5L)).isEqualTo(tokens(sink).get(5L));
      if (observability.rowTokens()) {
        assertThat(merged.get(2L)).isNotEqualTo(before.get(2L));
      }
      if (!mergeRewritesEqualRows()) {
        assertThat(merged.get(1L)).isEqualTo(before.get(1L));
        assertThat(tokens(sink)).as("the repeated load rewrites nothing").isEqualTo(merged);
      }
      if (observability.operationCounts()) {
        OperationCounts counts = sink.inspector().operations().orElseThrow();
        assertThat(List.of(counts.inserts(), counts.updates(), counts.deletes()))
            .containsExactly(5L, 1L, 1L);
      }
    }
  }

  private static void assertMerged(Sink sink, LoadTotals held) {
    assertHeld(held, 3, 7, 71, 0);
    assertThat(texts(sink)).containsExactly("1=0.0010", "2=0.0021", "4=0.0040", "5=0.0050");
  }

  @Test
  final void ofSeveralChangesOfAKeyTheLastCounts() {
    try (Sink sink = sink(TargetLayout.KEYED)) {
      LoadTotals held =
          load(
              sink,
              plan("1", WriteAction.MERGE),
              insert(1, 10),
              update(1, 11),
              insert(2, 20),
              delete(2),
              delete(3),
              insert(3, 30));

      assertHeld(held, 2, 4, 41, 0);
      assertThat(texts(sink)).containsExactly("1=0.0011", "3=0.0030");
    }
  }

  @Test
  final void appendTakesBackWhatTheSameLoadAddedBefore() {
    try (Sink sink = sink(TargetLayout.APPEND)) {
      loadAll(sink, snapshot(1, 10));
      LoadPlan plan = plan("2", WriteAction.APPEND);
      load(sink, plan, update(1, 11), update(2, 20));
      assertHeld(load(sink, plan, update(1, 12), update(2, 20)), 2, 3, 32, 0);

      assertThat(texts(sink)).containsExactlyInAnyOrder("1=0.0010", "1=0.0012", "2=0.0020");
      assertThat(sink.inspector().columns()).doesNotContain("_load_id");
    }
  }

  @Test
  final void aWindowIsReplacedAndNothingElse() {
    try (Sink sink = sink(TargetLayout.KEYED)) {
      loadAll(
          sink,
          snapshot(1, 10),
          change(Op.SNAPSHOT, 2, 20, TUESDAY),
          change(Op.SNAPSHOT, 3, 30, TUESDAY));
      long untouched = token(sink, 1);
      LoadPlan plan = plan("2", WriteAction.REPLACE_WINDOW, TUESDAY);
      for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
        assertHeld(load(sink, plan, change(Op.REPLACE, 2, 21, TUESDAY)), 1, 2, 21, 0);
        assertThat(texts(sink)).containsExactly("1=0.0010", "2=0.0021");
        assertThat(token(sink, 1)).isEqualTo(untouched);
      }
      assertHeld(load(sink, plan("3", WriteAction.REPLACE_WINDOW)), 0, 0, 0, 0);
      assertThat(texts(sink)).as("of an empty window").hasSize(2);
    }
  }

  @Test
  final void whatCannotBeObservedIsNotClaimed() {
    try (Sink sink = sink(TargetLayout.KEYED)) {
      loadAll(sink, snapshot(1, 10));
      assertThat(sink.inspector().observability()).isEqualTo(observability);
      assertThat(found(sink))
          .isNotEmpty()
          .allMatch(row -> (row.token() != 0) == observability.rowTokens());
      assertThat(sink.inspector().operations().isPresent())
          .isEqualTo(observability.operationCounts());
    }
  }
}

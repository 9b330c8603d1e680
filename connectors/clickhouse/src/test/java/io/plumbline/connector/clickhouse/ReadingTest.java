package io.plumbline.connector.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.matrix.connector.CaseScope;
import io.plumbline.matrix.connector.Extraction;
import io.plumbline.matrix.connector.Fixture.PendingChanges;
import io.plumbline.matrix.connector.Op;
import io.plumbline.matrix.connector.PartitionFingerprint;
import io.plumbline.matrix.connector.Position;
import io.plumbline.matrix.connector.ReadRequest;
import io.plumbline.matrix.connector.ReadRequest.Continuation;
import io.plumbline.matrix.connector.RowBatch;
import io.plumbline.matrix.connector.Source;
import io.plumbline.matrix.connector.TargetLayout;
import io.plumbline.matrix.dataset.ChangeSet;
import io.plumbline.matrix.dataset.Dataset;
import io.plumbline.matrix.dataset.RowClass;
import io.plumbline.matrix.registry.Strategy;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Snapshots, cursors and slices: nothing is missed, nothing comes twice. */
@ExtendWith(Clickhouse.class)
final class ReadingTest {
  private final Dataset dataset = new Dataset(Clickhouse.volume(200));
  private final CaseScope scope =
      Clickhouse.scope(Strategy.SNAPSHOT_DIFF, TargetLayout.KEYED, dataset);
  private final ClickhouseSystem system;

  ReadingTest(ClickhouseSystem system) {
    this.system = system;
  }

  private record Result(List<Clickhouse.Read> rows, Position position) {
    List<Long> read() {
      return rows.stream().map(Clickhouse.Read::key).sorted().toList();
    }
  }

  private static Result read(Source source, ReadRequest request) {
    try (Extraction extraction = source.reader().open(request)) {
      return new Result(Clickhouse.readAll(extraction), extraction.position());
    }
  }

  private List<Long> keys(RowClass... without) {
    return LongStream.rangeClosed(1, dataset.maxKey())
        .filter(key -> !List.of(without).contains(dataset.classOf(key)))
        .boxed()
        .toList();
  }

  private ChangeSet changes(ChangeSet.Deletes deletes) {
    return new ChangeSet(dataset, deletes, ChangeSet.Part.ALL);
  }

  @Test
  void theSnapshotHoldsTheLastVersionOfEachKeyThatIsThere() {
    try (Source source = system.openSource(scope)) {
      source.fixture().seed();
      assertThat(read(source, new ReadRequest.Snapshot(Continuation.NONE)).read())
          .isEqualTo(keys(RowClass.INSERTED));
      try (PendingChanges held = source.fixture().begin(changes(ChangeSet.Deletes.PHYSICAL))) {
        assertThat(read(source, new ReadRequest.Snapshot(Continuation.NONE)).read())
            .as("held back")
            .isEqualTo(keys(RowClass.INSERTED));
        held.commit();
      }
      Result after = read(source, new ReadRequest.Snapshot(Continuation.NONE));
      assertThat(after.read()).isEqualTo(keys(RowClass.DELETED));
      AllValues.assertRows(
          scope,
          after.rows().stream()
              .sorted(java.util.Comparator.comparing(Clickhouse.Read::key))
              .map(Clickhouse.Read::row)
              .toList(),
          keys(RowClass.DELETED).stream()
              .map(key -> AllValues.carried(scope, dataset.row(key, 2)))
              .toList());
    }
  }

  @Test
  void theCursorGoesOnAfterItsPosition() {
    try (Source source = system.openSource(scope)) {
      source.fixture().seed();
      Result first = read(source, new ReadRequest.Snapshot(Continuation.ROWS_AFTER));
      assertThat(read(source, new ReadRequest.RowsAfter(first.position())).read()).isEmpty();
      source.fixture().apply(changes(ChangeSet.Deletes.SOFT));
      Result second = read(source, new ReadRequest.RowsAfter(first.position()));
      assertThat(second.read()).isEqualTo(keys(RowClass.STABLE));
      assertThat(second.rows()).extracting(Clickhouse.Read::op).containsOnly(Op.UPDATE);
      assertThat(read(source, new ReadRequest.RowsAfter(second.position())).read()).isEmpty();
    }
  }

  @Test
  void aCursorOnAnEmptySourceBeginsBeforeAllRows() {
    try (Source source = system.openSource(scope)) {
      CaseNames names = CaseNames.source(scope);
      system.server().execute(ClickhouseTable.ofSource(scope.columns()).create(names.table()));
      Result nothing = read(source, new ReadRequest.Snapshot(Continuation.ROWS_AFTER));
      assertThat(nothing.rows()).isEmpty();
      FixtureRows rows = new FixtureRows(system.server(), names, scope.columns());
      rows.add(dataset.row(1, 1), 1, false);
      rows.flush();
      assertThat(read(source, new ReadRequest.RowsAfter(nothing.position())).read())
          .containsExactly(1L);
    }
  }

  @Test
  void slicesHoldTheirDaysAndFingerprintsTellWhichOnesChanged() {
    try (Source source = system.openSource(scope)) {
      source.fixture().seed();
      Map<LocalDate, String> before = fingerprints(source);
      assertThat(fingerprints(source)).isEqualTo(before);
      source.fixture().apply(changes(ChangeSet.Deletes.PHYSICAL));
      Map<LocalDate, String> after = fingerprints(source);
      Set<LocalDate> touched =
          after.keySet().stream()
              .filter(date -> !Objects.equals(after.get(date), before.get(date)))
              .collect(Collectors.toSet());
      assertThat(touched).isEqualTo(dataset.touchedDates());

      List<LocalDate> days = new ArrayList<>(touched);
      assertThat(read(source, new ReadRequest.Slices(days)).read())
          .isEqualTo(
              keys(RowClass.DELETED).stream()
                  .filter(key -> touched.contains(dataset.dateOf(key)))
                  .toList());
      assertThat(read(source, new ReadRequest.Slices(List.of())).rows()).isEmpty();
    }
  }

  private static Map<LocalDate, String> fingerprints(Source source) {
    return source.reader().partitions().stream()
        .collect(Collectors.toMap(PartitionFingerprint::date, PartitionFingerprint::fingerprint));
  }

  @Test
  void aReadThatIsLeftInTheMiddleDisturbsNobody() {
    try (Source source = system.openSource(scope)) {
      source.fixture().seed();
      try (Extraction left = source.reader().open(new ReadRequest.Snapshot(Continuation.NONE))) {
        left.read(new RowBatch(1));
        assertThat(read(source, new ReadRequest.Snapshot(Continuation.NONE)).rows()).hasSize(200);
      }
    }
  }

  @Test
  void whatTheSourceDoesNotOfferIsRefused() {
    try (Source source = system.openSource(scope)) {
      assertThatThrownBy(() -> source.reader().open(new ReadRequest.XminWindow(Position.none())))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("offers no XminWindow");
    }
  }
}

package io.plumbline.connector.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.matrix.connector.CaseScope;
import io.plumbline.matrix.connector.Extraction;
import io.plumbline.matrix.connector.Fixture.PendingChanges;
import io.plumbline.matrix.connector.Op;
import io.plumbline.matrix.connector.PartitionFingerprint;
import io.plumbline.matrix.connector.Position;
import io.plumbline.matrix.connector.ReadRequest;
import io.plumbline.matrix.connector.ReadRequest.Continuation;
import io.plumbline.matrix.connector.Source;
import io.plumbline.matrix.connector.TargetLayout;
import io.plumbline.matrix.dataset.ChangeSet;
import io.plumbline.matrix.dataset.Dataset;
import io.plumbline.matrix.dataset.RowClass;
import io.plumbline.matrix.registry.Strategy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Windows, positions and change logs: nothing is missed, nothing comes twice. */
@ExtendWith(Postgres.class)
final class ReadingTest {
  private final Dataset dataset = new Dataset(Postgres.volume(200));
  private final CaseScope scope = Postgres.scope(Strategy.XMIN, TargetLayout.KEYED, dataset);
  private final PostgresSystem system;

  ReadingTest(PostgresSystem system) {
    this.system = system;
  }

  private record Result(List<Postgres.Read> rows, Position position, long[] keys) {
    List<Long> read() {
      return rows.stream().map(Postgres.Read::key).toList();
    }
  }

  private static Result read(Source source, ReadRequest request) {
    try (Extraction extraction = source.reader().open(request)) {
      List<Postgres.Read> rows = Postgres.readAll(extraction);
      return new Result(rows, extraction.position(), extraction.keys());
    }
  }

  private ChangeSet changes(ChangeSet.Part part) {
    return new ChangeSet(dataset, ChangeSet.Deletes.PHYSICAL, part);
  }

  private List<Long> keys(ChangeSet.Part part, ChangeSet.Kind... kinds) {
    List<Long> keys = new ArrayList<>();
    changes(part)
        .forEach(
            (kind, key, row) -> {
              if (List.of(kinds).contains(kind)) {
                keys.add(key);
              }
            });
    return keys;
  }

  @Test
  void changesInFlightDuringAWindowArriveInTheNext() {
    List<Long> inFlight =
        keys(ChangeSet.Part.IN_FLIGHT, ChangeSet.Kind.INSERT, ChangeSet.Kind.UPDATE);
    List<Long> rest = keys(ChangeSet.Part.REST, ChangeSet.Kind.INSERT, ChangeSet.Kind.UPDATE);
    assertThat(inFlight).isNotEmpty();
    assertThat(rest).isNotEmpty();
    try (Source source = system.openSource(scope)) {
      source.fixture().seed();
      Result first = read(source, new ReadRequest.Snapshot(Continuation.XMIN_WINDOW));
      assertThat(first.read()).hasSize(200);
      Result second;
      try (PendingChanges open = source.fixture().begin(changes(ChangeSet.Part.IN_FLIGHT))) {
        // Later transactions commit first: a window that ended at them would skip the open one.
        source.fixture().apply(changes(ChangeSet.Part.REST));
        second = read(source, new ReadRequest.XminWindow(first.position()));
        open.commit();
      }
      Result third = read(source, new ReadRequest.XminWindow(second.position()));
      Result fourth = read(source, new ReadRequest.XminWindow(third.position()));

      assertThat(second.read())
          .containsAll(rest)
          .doesNotContainAnyElementsOf(inFlight.stream().filter(k -> k > 200).toList());
      assertThat(second.rows()).extracting(Postgres.Read::op).containsOnly(Op.UPDATE);
      assertThat(third.read()).containsAll(inFlight);
      assertThat(fourth.read()).isEmpty();
      assertThat(third.keys())
          .containsExactly(
              LongStream.rangeClosed(1, dataset.volume().maxKey())
                  .filter(key -> dataset.classOf(key) != RowClass.DELETED)
                  .toArray());
    }
  }

  @Test
  void transactionIdsAreComparedModuloTwoToTheThirtySecond() {
    try (Source source = system.openSource(scope)) {
      source.fixture().seed();
      long next = Postgres.count(system, "SELECT pg_snapshot_xmax(pg_current_snapshot())");
      assertThat(read(source, window(next)).read()).isEmpty();
      assertThat(read(source, window(next + (5L << 32))).read()).isEmpty();
      // 2^31 transactions ago lies in the past, one more in the future.
      assertThat(read(source, window(next + (1L << 32) - 1_000_000)).read()).hasSize(200);
    }
  }

  private static ReadRequest window(long xmin) {
    return new ReadRequest.XminWindow(Position.of(Map.of("xmin", Long.toString(xmin))));
  }

  @Test
  void theCursorGoesOnAfterItsPosition() {
    try (Source source = system.openSource(scope)) {
      source.fixture().seed();
      Result first = read(source, new ReadRequest.Snapshot(Continuation.ROWS_AFTER));
      assertThat(read(source, new ReadRequest.RowsAfter(first.position())).rows()).isEmpty();
      source.fixture().apply(new ChangeSet(dataset, ChangeSet.Deletes.SOFT, ChangeSet.Part.ALL));
      Result second = read(source, new ReadRequest.RowsAfter(first.position()));
      Result third = read(source, new ReadRequest.RowsAfter(second.position()));

      List<Long> changed = new ArrayList<>();
      new ChangeSet(dataset, ChangeSet.Deletes.SOFT, ChangeSet.Part.ALL)
          .forEach((kind, key, row) -> changed.add(key));
      assertThat(second.read()).containsExactlyInAnyOrderElementsOf(changed);
      assertThat(third.read()).isEmpty();
      assertThat(third.position()).isEqualTo(second.position());
    }
  }

  @Test
  void onlyTouchedPartitionsChangeTheirFingerprints() {
    try (Source source = system.openSource(scope)) {
      source.fixture().seed();
      List<PartitionFingerprint> before = source.reader().partitions();
      source.fixture().apply(changes(ChangeSet.Part.ALL));
      List<PartitionFingerprint> after = source.reader().partitions();

      assertThat(source.reader().partitions()).isEqualTo(after);
      assertThat(after)
          .filteredOn(p -> !before.contains(p))
          .extracting(PartitionFingerprint::date)
          .isNotEmpty()
          .isSubsetOf(Dataset.changedDates());
    }
  }

  @Test
  void theChangeLogDeliversEachEventOnceAndMovesOnlyWhenAcknowledged() {
    List<Long> rest =
        keys(
            ChangeSet.Part.REST,
            ChangeSet.Kind.INSERT,
            ChangeSet.Kind.UPDATE,
            ChangeSet.Kind.DELETE);
    List<Long> inFlight =
        keys(ChangeSet.Part.IN_FLIGHT, ChangeSet.Kind.INSERT, ChangeSet.Kind.UPDATE);
    try (Source source = system.openSource(scope)) {
      source.fixture().seed();
      Result first = read(source, new ReadRequest.Snapshot(Continuation.CHANGES));
      assertThat(first.read()).hasSize(200);
      String begin = slotPosition();
      try (PendingChanges open = source.fixture().begin(changes(ChangeSet.Part.IN_FLIGHT))) {
        source.fixture().apply(changes(ChangeSet.Part.REST));
        Result second = read(source, new ReadRequest.Changes(first.position()));
        assertThat(second.read()).containsExactlyElementsOf(rest);
        assertThat(read(source, new ReadRequest.Changes(first.position())).read())
            .as("a repeated read sees the same events")
            .containsExactlyElementsOf(rest);
        assertThat(slotPosition()).as("before the acknowledgement").isEqualTo(begin);
        source.reader().acknowledge(second.position());
        assertThat(slotPosition()).as("after it").isEqualTo(second.position().require("lsn"));
        assertThat(read(source, new ReadRequest.Changes(second.position())).read()).isEmpty();

        open.commit();
        Result third = read(source, new ReadRequest.Changes(second.position()));
        assertThat(third.read()).containsExactlyElementsOf(inFlight);
        source.reader().acknowledge(third.position());
        source.reader().acknowledge(third.position());
        Result fourth = read(source, new ReadRequest.Changes(third.position()));
        assertThat(fourth.read()).isEmpty();
      }
    }
  }

  @Test
  void eventsCarryTheirOperationsInCommitOrder() {
    List<String> expected = new ArrayList<>();
    changes(ChangeSet.Part.ALL).forEach((kind, key, row) -> expected.add(kind.name() + key));
    try (Source source = system.openSource(scope)) {
      source.fixture().seed();
      Result first = read(source, new ReadRequest.Snapshot(Continuation.CHANGES));
      source.fixture().apply(changes(ChangeSet.Part.ALL));
      assertThat(read(source, new ReadRequest.Changes(first.position())).rows())
          .extracting(event -> event.op().name() + event.key())
          .containsExactlyElementsOf(expected);
    }
  }

  private String slotPosition() {
    try (Session session = Session.open(system.endpoint(), "test")) {
      return session
          .text(
              "SELECT confirmed_flush_lsn FROM pg_replication_slots WHERE slot_name = ?",
              CaseNames.source(scope).schema())
          .orElseThrow();
    }
  }
}

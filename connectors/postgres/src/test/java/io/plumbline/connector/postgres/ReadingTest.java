package io.plumbline.connector.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.connector.tck.Cases;
import io.plumbline.connector.tck.ReadRow;
import io.plumbline.matrix.connector.CaseScope;
import io.plumbline.matrix.connector.Extraction;
import io.plumbline.matrix.connector.Fixture.PendingChanges;
import io.plumbline.matrix.connector.Op;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Windows of transactions and the slot of a change log: nothing is missed. */
@ExtendWith(Postgres.class)
final class ReadingTest {
  private final Dataset dataset = new Dataset(Cases.volume(200));
  private final CaseScope scope =
      Cases.own(new PostgresConnector(), Strategy.XMIN, TargetLayout.KEYED, dataset);
  private final PostgresSystem system;

  ReadingTest(PostgresSystem system) {
    this.system = system;
  }

  private record Result(List<ReadRow> rows, Position position, long[] keys) {
    List<Long> read() {
      return rows.stream().map(ReadRow::key).toList();
    }
  }

  private static Result read(Source source, ReadRequest request) {
    try (Extraction extraction = source.reader().open(request)) {
      List<ReadRow> rows = ReadRow.all(extraction);
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
  void whoIsInterruptedWhileConnectingStopsAndBlamesNobody() {
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> Session.open(system.endpoint(), "test"))
          .isInstanceOf(CancellationException.class)
          .hasMessage("Interrupted while connecting as 'test'.");
      assertThat(Thread.currentThread().isInterrupted()).isTrue();
    } finally {
      Thread.interrupted();
    }
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
      assertThat(second.rows()).extracting(ReadRow::op).containsOnly(Op.UPDATE);
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
  void changesDuringTheSnapshotArriveInTheFirstWindow() {
    try (Source source = system.openSource(scope)) {
      source.fixture().seed();
      try (Extraction snapshot =
          source.reader().open(new ReadRequest.Snapshot(Continuation.XMIN_WINDOW))) {
        assertThat(snapshot.read(new RowBatch(1))).isTrue();
        source.fixture().apply(changes(ChangeSet.Part.ALL));
        ReadRow.all(snapshot);
        assertThat(read(source, new ReadRequest.XminWindow(snapshot.position())).read())
            .containsAll(keys(ChangeSet.Part.ALL, ChangeSet.Kind.INSERT, ChangeSet.Kind.UPDATE));
      }
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
  void theSlotMovesOnlyWhenAReadIsAcknowledged() {
    try (Source source = system.openSource(scope)) {
      source.fixture().seed();
      Result first = read(source, new ReadRequest.Snapshot(Continuation.CHANGES));
      String begin = slotPosition();
      source.fixture().apply(changes(ChangeSet.Part.ALL));
      Result second = read(source, new ReadRequest.Changes(first.position()));
      assertThat(slotPosition()).as("before the acknowledgement").isEqualTo(begin);
      source.reader().acknowledge(second.position());
      assertThat(slotPosition()).as("after it").isEqualTo(second.position().require("lsn"));
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

package io.plumbline.connector.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.matrix.connector.CaseScope;
import io.plumbline.matrix.connector.Connector;
import io.plumbline.matrix.connector.Extraction;
import io.plumbline.matrix.connector.Fixture.PendingChanges;
import io.plumbline.matrix.connector.Op;
import io.plumbline.matrix.connector.Position;
import io.plumbline.matrix.connector.ReadRequest;
import io.plumbline.matrix.connector.ReadRequest.Continuation;
import io.plumbline.matrix.connector.RowBatch;
import io.plumbline.matrix.connector.RunningSystem;
import io.plumbline.matrix.connector.Source;
import io.plumbline.matrix.dataset.ChangeSet;
import io.plumbline.matrix.dataset.Dataset;
import io.plumbline.matrix.dataset.Volume;
import io.plumbline.matrix.registry.Strategy;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apiguardian.api.API;
import org.junit.jupiter.api.Test;

/** A change log gives each committed change once, in the order of commits, with every value. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public abstract class ChangeLogContract extends SystemContract {
  private static final int REPEATED = 4;

  private final Dataset dataset = new Dataset(Cases.volume(200));

  /** Tests of a system that runs. */
  protected ChangeLogContract(Connector connector, RunningSystem system) {
    super(connector, system);
  }

  private static Position snapshot(Source source) {
    try (Extraction extraction =
        source.reader().open(new ReadRequest.Snapshot(Continuation.CHANGES))) {
      ReadRow.all(extraction);
      return extraction.position();
    }
  }

  private record Result(List<ReadRow> events, Position position) {
    List<String> changes() {
      return events.stream().map(event -> event.op() + " " + event.key()).toList();
    }
  }

  private static Result changesAfter(Source source, Position from) {
    try (Extraction extraction = source.reader().open(new ReadRequest.Changes(from))) {
      List<ReadRow> events = ReadRow.all(extraction);
      return new Result(events, extraction.position());
    }
  }

  private ChangeSet changes(ChangeSet.Part part) {
    return new ChangeSet(dataset, ChangeSet.Deletes.PHYSICAL, part);
  }

  private List<String> expected(ChangeSet.Part part) {
    List<String> expected = new ArrayList<>();
    changes(part).forEach((kind, key, row) -> expected.add(kind + " " + key));
    return expected;
  }

  @Test
  final void eachChangeComesOnceInCommitOrder() {
    try (Source source = system().openSource(sourceScope(Strategy.CDC, dataset))) {
      source.fixture().seed();
      Position begin = snapshot(source);
      assertThat(changesAfter(source, begin).events()).as("nothing has changed").isEmpty();
      try (PendingChanges open = source.fixture().begin(changes(ChangeSet.Part.IN_FLIGHT))) {
        source.fixture().apply(changes(ChangeSet.Part.REST));
        Result second = changesAfter(source, begin);
        assertThat(second.changes()).containsExactlyElementsOf(expected(ChangeSet.Part.REST));
        assertThat(changesAfter(source, begin).changes())
            .as("a repeated read sees the same changes")
            .isEqualTo(second.changes());
        source.reader().acknowledge(second.position());
        assertThat(changesAfter(source, second.position()).events()).isEmpty();

        open.commit();
        Result third = changesAfter(source, second.position());
        assertThat(third.changes())
            .as("a transaction that was open during the read before")
            .containsExactlyElementsOf(expected(ChangeSet.Part.IN_FLIGHT));
        source.reader().acknowledge(third.position());
        source.reader().acknowledge(third.position());
        assertThat(changesAfter(source, third.position()).events()).isEmpty();
      }
    }
  }

  @Test
  final void whatHappensDuringTheSnapshotIsTheFirstChangeAfterIt() {
    try (Source source = system().openSource(sourceScope(Strategy.CDC, dataset))) {
      source.fixture().seed();
      try (Extraction snapshot =
          source.reader().open(new ReadRequest.Snapshot(Continuation.CHANGES))) {
        RowBatch first = new RowBatch(1);
        assertThat(snapshot.read(first)).isTrue();
        source.fixture().apply(changes(ChangeSet.Part.ALL));
        assertThat(ReadRow.all(snapshot)).hasSize((int) dataset.volume().rows() - first.size());
        assertThat(changesAfter(source, snapshot.position()).changes())
            .containsExactlyElementsOf(expected(ChangeSet.Part.ALL));
      }
    }
  }

  @Test
  final void aReadThatWasBrokenOffIsRepeatedFromItsBegin() {
    try (Source source = system().openSource(sourceScope(Strategy.CDC, dataset))) {
      source.fixture().seed();
      Position begin = snapshot(source);
      source.fixture().apply(changes(ChangeSet.Part.ALL));
      try (Extraction broken = source.reader().open(new ReadRequest.Changes(begin))) {
        assertThat(broken.read(new RowBatch(10))).isTrue();
      }
      assertThat(changesAfter(source, begin).changes())
          .containsExactlyElementsOf(expected(ChangeSet.Part.ALL));
    }
  }

  @Test
  final void logsOfSeveralCasesAreReadAtTheSameTime()
      throws InterruptedException, ExecutionException {
    CaseScope one = sourceScope(Strategy.CDC, dataset);
    CaseScope other =
        new CaseScope(one.caseId(), "other", one.dataset(), one.columns(), one.layout());
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      List<Future<?>> reads = new ArrayList<>();
      for (CaseScope scope : List.of(one, other)) {
        reads.add(threads.submit(() -> readRepeatedly(scope)));
      }
      for (Future<?> read : reads) {
        read.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private void readRepeatedly(CaseScope scope) {
    try (Source source = system().openSource(scope)) {
      source.fixture().seed();
      Position begin = snapshot(source);
      source.fixture().apply(changes(ChangeSet.Part.ALL));
      for (int read = 0; read < REPEATED; read++) {
        assertThat(changesAfter(source, begin).changes())
            .containsExactlyElementsOf(expected(ChangeSet.Part.ALL));
      }
    }
  }

  /** So many inserts that every value of every type is among their cells. */
  @Test
  final void everyValueOfEveryTypeIsCarriedAsDeclared() {
    Dataset large =
        new Dataset(new Volume(2_500, new BigDecimal("1"), new BigDecimal("0.5"), 120, 20260603L));
    CaseScope all = sourceScope(Strategy.CDC, large);
    AllValues values = new AllValues(all);
    try (Source source = system().openSource(all)) {
      source.fixture().seed();
      Position begin = snapshot(source);
      source.fixture().apply(new ChangeSet(large, ChangeSet.Deletes.PHYSICAL, ChangeSet.Part.ALL));
      List<ReadRow> events = changesAfter(source, begin).events();
      assertThat(events).extracting(ReadRow::op).contains(Op.INSERT, Op.DELETE);
      for (ReadRow event : events) {
        if (event.op() != Op.DELETE) {
          values.carried(event.cells(), 2);
        }
      }
    }
    values.assertAll();
  }
}

package io.plumbline.connector.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.plumbline.matrix.connector.CaseScope;
import io.plumbline.matrix.connector.ColumnContract;
import io.plumbline.matrix.connector.Connector;
import io.plumbline.matrix.connector.Extraction;
import io.plumbline.matrix.connector.Feature;
import io.plumbline.matrix.connector.Load;
import io.plumbline.matrix.connector.Position;
import io.plumbline.matrix.connector.ReadRequest;
import io.plumbline.matrix.connector.ReadRequest.Continuation;
import io.plumbline.matrix.connector.RowBatch;
import io.plumbline.matrix.connector.RunningSystem;
import io.plumbline.matrix.connector.Sink;
import io.plumbline.matrix.connector.Source;
import io.plumbline.matrix.connector.SystemFailureException;
import io.plumbline.matrix.connector.TargetLayout;
import io.plumbline.matrix.connector.TypeMapping;
import io.plumbline.matrix.connector.WriteAction;
import io.plumbline.matrix.dataset.ChangeSet;
import io.plumbline.matrix.dataset.Dataset;
import io.plumbline.matrix.dataset.RowClass;
import io.plumbline.matrix.dataset.Volume;
import io.plumbline.matrix.mover.FileStateStore;
import io.plumbline.matrix.mover.MoveRequest;
import io.plumbline.matrix.mover.Mover;
import io.plumbline.matrix.mover.PhaseLedger;
import io.plumbline.matrix.mover.ReferenceMover;
import io.plumbline.matrix.mover.StateStore;
import io.plumbline.matrix.registry.CaseId;
import io.plumbline.matrix.registry.Strategy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.apiguardian.api.API;
import org.assertj.core.api.SoftAssertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Servers that die or have no space left, cases that are abandoned: what is wrong is named, the
 * state is never ahead of the data, the next run is right, and nothing is left behind. All of them
 * have the same server, which has seen worse each time; the full disk is another's. Side by side,
 * because most of the time is spent waiting for a server that does not answer.
 */
@Execution(ExecutionMode.CONCURRENT)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public abstract class BadDaysContract {
  /** Tests that have the same server wait for each other. */
  static final String SERVER = "io.plumbline.connector.tck.server";

  private static final int DISK_MEGABYTES = 512;

  /** A server of the test's own. */
  public interface Server extends AutoCloseable {
    /** The system on it. */
    RunningSystem system();

    /** What cases have on it, tables or topics; not what the system keeps for all of them. */
    List<String> held();

    /** False once it has ended, by itself or killed. */
    boolean alive();

    /** Ends it as a power cut would. */
    void kill();

    /** Starts it again, on the data that it has left. */
    void restart();

    @Override
    void close();
  }

  private final Connector connector;
  private final CaseId id;
  private final Dataset dataset = new Dataset(Cases.volume(1_000));
  private final TypeMapping sinkTypes;
  private Path folder = Path.of("");
  private @Nullable Server shared;
  private final AtomicInteger cases = new AtomicInteger();

  /** The system plays both roles, whatever the cube says. */
  protected BadDaysContract(Connector connector, TypeMapping sinkTypes) {
    this.connector = connector;
    this.id = new CaseId(connector.family(), connector.family(), Strategy.INCREMENTAL_MERGE);
    this.sinkTypes = sinkTypes;
  }

  private Path serverFolder() {
    return folder.resolve("server");
  }

  @BeforeAll
  final void startServer(@TempDir Path folderOfAll) throws IOException {
    folder = folderOfAll;
    shared = start(Files.createDirectory(serverFolder()));
  }

  @AfterAll
  final void stopServer() {
    if (shared != null) {
      shared.close();
      assertThat(serverFolder()).isEmptyDirectory();
    }
  }

  /** The server of all tests, one of them at a time; it is there again when one left it dead. */
  private Server reviveServer() {
    if (!server().alive()) {
      server().restart();
    }
    return server();
  }

  final Server server() {
    return Objects.requireNonNull(shared);
  }

  /** Starts a server whose files lie below a folder. */
  protected abstract Server start(Path directory);

  /** What is reconciled already is another matter: {@link Mishap.Moment#STATE_COMMIT}. */
  @ParameterizedTest
  @EnumSource(value = Mishap.Moment.class, mode = EnumSource.Mode.EXCLUDE, names = "STATE_COMMIT")
  @ResourceLock(SERVER)
  final void whenTheServerDiesTheCaseNamesItAndTheNextRunIsRight(Mishap.Moment moment) {
    Mishap death = new Mishap(moment, server()::kill);
    try (Begun begun = begin()) {
      assertThatThrownBy(() -> move(begun, death.mover()))
          .isInstanceOf(SystemFailureException.class)
          .hasMessageStartingWith(connector.family() + ": ");
      assertThat(begun.version()).isEqualTo(1);

      server().restart();
      move(begun);
      assertThat(begun.version()).isEqualTo(2);
      assertTarget(begun);
    }
  }

  /** So many rows are not in anybody's buffer after the first ones. */
  @Test
  @ResourceLock(SERVER)
  final void aReaderWhoseServerDiesNeverSaysThatItsRowsAreAll() {
    CaseScope scope = nextScope(new Dataset(Cases.volume(10_000)));
    try (Source source = reviveServer().system().openSource(scope)) {
      source.fixture().seed();
      RowBatch batch = new RowBatch(100);
      try (Extraction extraction =
          source.reader().open(new ReadRequest.Snapshot(Continuation.ROWS_AFTER))) {
        assertThat(extraction.read(batch)).isTrue();
        server().kill();
        assertThatThrownBy(
                () -> {
                  while (extraction.read(batch)) {
                    // What was on its way already.
                  }
                })
            .isInstanceOf(SystemFailureException.class)
            .hasMessageStartingWith(connector.family() + ": ");
      }
      server().restart();
    }
  }

  /** Slices may be read by other means, and who sorts them may have them all by then. */
  @Test
  @ResourceLock(SERVER)
  final void aReaderOfSlicesWhoseServerDiesSaysThatTheyAreAllOnlyWhenTheyAre() {
    Volume volume = Cases.volume(10_000);
    List<LocalDate> dates = Dataset.FIRST_DATE.datesUntil(Dataset.LAST_DATE.plusDays(1)).toList();
    CaseScope scope = nextScope(new Dataset(volume));
    try (Source source = reviveServer().system().openSource(scope)) {
      source.fixture().seed();
      RowBatch batch = new RowBatch(100);
      try (Extraction extraction = source.reader().open(new ReadRequest.Slices(dates))) {
        assertThat(extraction.read(batch)).isTrue();
        long rows = batch.size();
        server().kill();
        try {
          while (extraction.read(batch)) {
            rows += batch.size();
          }
          assertThat(rows).as("rows of a reader that said nothing").isEqualTo(volume.rows());
        } catch (SystemFailureException e) {
          assertThat(e).hasMessageStartingWith(connector.family() + ": ");
        }
      }
      server().restart();
    }
  }

  /** A log may be read ahead of whoever asks, who then may have all of it by then. */
  @Test
  @ResourceLock(SERVER)
  final void aReaderOfChangesWhoseServerDiesSaysThatTheyAreAllOnlyWhenTheyAre() {
    RunningSystem system = reviveServer().system();
    assumeThat(connector.features()).contains(Feature.CHANGE_LOG);
    assumeThat(system.missing(Feature.CHANGE_LOG)).isEmpty();
    ChangeSet changes =
        new ChangeSet(
            new Dataset(Cases.volume(10_000)), ChangeSet.Deletes.PHYSICAL, ChangeSet.Part.ALL);
    AtomicLong made = new AtomicLong();
    changes.forEach((kind, key, row) -> made.incrementAndGet());
    try (Source source = system.openSource(nextScope(changes.dataset()))) {
      source.fixture().seed();
      Position begin = endOfChanges(source);
      source.fixture().apply(changes);
      RowBatch batch = new RowBatch(100);
      try (Extraction extraction = source.reader().open(new ReadRequest.Changes(begin))) {
        assertThat(extraction.read(batch)).isTrue();
        long read = batch.size();
        server().kill();
        try {
          while (extraction.read(batch)) {
            read += batch.size();
          }
          assertThat(read).as("changes of a reader that said nothing").isEqualTo(made.get());
        } catch (SystemFailureException e) {
          assertThat(e).hasMessageStartingWith(connector.family() + ": ");
        }
      }
      server().restart();
      assertThat(changesAfter(source, begin)).isEqualTo(made.get());
    }
  }

  private static Position endOfChanges(Source source) {
    try (Extraction extraction =
        source.reader().open(new ReadRequest.Snapshot(Continuation.CHANGES))) {
      ReadRow.all(extraction);
      return extraction.position();
    }
  }

  private static long changesAfter(Source source, Position begin) {
    try (Extraction extraction = source.reader().open(new ReadRequest.Changes(begin))) {
      return ReadRow.all(extraction).size();
    }
  }

  @Test
  @ResourceLock(SERVER)
  final void whatTheStateSaysOutlivesAServerThatDies() {
    try (Begun begun = begin()) {
      move(begun);

      server().kill();
      server().restart();
      assertThat(begun.version()).isEqualTo(2);
      assertTarget(begun);
    }
  }

  /** What was reconciled outlives the server, so the state is not ahead of it. */
  @Test
  @ResourceLock(SERVER)
  final void whenTheServerDiesBetweenReconcileAndStateCommitTheNextRunIsRight() {
    try (Begun begun = begin()) {
      try {
        move(begun, new Mishap(Mishap.Moment.STATE_COMMIT, server()::kill).mover());
      } catch (RuntimeException e) {
        // Some have a word with the server afterwards.
        assertThat(e)
            .isInstanceOf(SystemFailureException.class)
            .hasMessageStartingWith(connector.family() + ": ");
      }
      assertThat(begun.version()).isEqualTo(2);

      server().restart();
      assertTarget(begun);
      move(begun);
      assertThat(begun.version()).isEqualTo(3);
      assertTarget(begun);
    }
  }

  @Test
  @ResourceLock(SERVER)
  final void whenTheMoverDiesBeforeItCommitsItsStateTheNextRunIsRight() {
    try (Begun begun = begin()) {
      Mishap death =
          new Mishap(
              Mishap.Moment.STATE_COMMIT,
              () -> {
                throw new IllegalStateException("The mover died.");
              });
      assertThatThrownBy(() -> move(begun, death.mover())).hasMessage("The mover died.");

      move(begun);
      assertTarget(begun);
    }
  }

  @Test
  final void aFullDiskIsTheLabsFailureAndTheNextRunIsRight() throws IOException {
    try (SmallDisk disk = SmallDisk.mount(folder.resolve("disk"), DISK_MEGABYTES);
        Server server = start(disk.path());
        Begun begun = begin(server)) {
      disk.fill();

      assertThatThrownBy(() -> move(begun))
          .isInstanceOf(SystemFailureException.class)
          .hasMessageStartingWith(connector.family() + ": ");
      assertThat(begun.version()).isEqualTo(1);

      disk.free();
      if (!server.alive()) {
        server.restart();
      }
      move(begun);
      assertThat(begun.version()).isEqualTo(2);
      assertTarget(begun);
    }
  }

  @Test
  @ResourceLock(SERVER)
  final void closingACaseRemovesWhatItMadeAlsoWhatWasAbandoned() {
    CaseScope scope = nextScope();
    RunningSystem system = reviveServer().system();
    Source source = system.openSource(scope);
    Sink sink = system.openSink(scope);
    source.fixture().seed();
    Extraction extraction = source.reader().open(new ReadRequest.Snapshot(Continuation.ROWS_AFTER));
    RowBatch batch = new RowBatch(100);
    extraction.read(batch);
    Load merge = sink.writer().begin(Cases.plan("1", WriteAction.MERGE));
    merge.write(batch);
    Load replace = sink.writer().begin(Cases.plan("1", WriteAction.REPLACE_ALL));
    replace.write(batch);
    assertThat(server().held()).hasSizeGreaterThanOrEqualTo(2);

    sink.close();
    source.close();

    assertThat(server().held()).isEmpty();
    merge.close();
    replace.close();
    extraction.close();
  }

  private ChangeSet changes() {
    return new ChangeSet(dataset, ChangeSet.Deletes.SOFT, ChangeSet.Part.ALL);
  }

  /** Names of a test's own: what a test before it could not remove is not in its way. */
  private CaseScope nextScope() {
    return nextScope(dataset);
  }

  private CaseScope nextScope(Dataset dataset) {
    return new CaseScope(
        id,
        "test" + cases.incrementAndGet(),
        dataset,
        ColumnContract.of(dataset.columns(), connector.sourceTypes(), sinkTypes),
        TargetLayout.KEYED);
  }

  /** A case whose base is loaded and whose changes are made. */
  record Begun(CaseScope scope, Source source, Sink sink, StateStore states)
      implements AutoCloseable {
    long version() {
      return states.read().orElseThrow().version();
    }

    @Override
    public void close() {
      try (source;
          sink) {
        // In the order in which they were opened, from the last to the first.
      }
    }
  }

  final Begun begin() {
    return begin(reviveServer());
  }

  private Begun begin(Server server) {
    CaseScope scope = nextScope();
    Begun begun =
        new Begun(
            scope,
            server.system().openSource(scope),
            server.system().openSink(scope),
            new FileStateStore(id.toString(), folder.resolve(scope.runId())));
    try {
      begun.source().fixture().seed();
      move(begun);
      begun.source().fixture().apply(changes());
      return begun;
    } catch (RuntimeException | Error e) {
      try (begun) {
        throw e;
      }
    }
  }

  final void move(Begun begun) {
    move(begun, new ReferenceMover());
  }

  private void move(Begun begun, Mover mover) {
    mover.move(
        new MoveRequest(
            id,
            EnumSet.allOf(Feature.class),
            EnumSet.allOf(Feature.class),
            begun.source().reader(),
            begun.sink().writer(),
            begun.states(),
            new PhaseLedger(InstantSource.system(), entry -> {}),
            new MoveRequest.Parameters(Cases.FIRST, Dataset.LAST_DATE, List.of(), 100)));
  }

  final void assertTarget(Begun begun) {
    SoftAssertions differences = new SoftAssertions();
    List<Long> keys = new ArrayList<>();
    begun
        .sink()
        .inspector()
        .rows(
            (cells, token, validity) -> {
              long key = (Long) cells[0];
              keys.add(key);
              int version = dataset.classOf(key) == RowClass.STABLE ? 1 : 2;
              Object[] carried = DeclaredValues.carried(begun.scope(), dataset.row(key, version));
              DeclaredValues.assertRow(
                  differences, begun.scope(), cells, DeclaredValues.stored(begun.scope(), carried));
            });
    assertThat(keys)
        .containsExactlyElementsOf(
            LongStream.rangeClosed(1, dataset.maxKey())
                .filter(key -> dataset.classOf(key) != RowClass.DELETED)
                .boxed()
                .toList());
    differences.assertAll();
  }
}

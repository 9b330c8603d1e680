package io.plumbline.connector.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.matrix.connector.CaseScope;
import io.plumbline.matrix.connector.ColumnContract;
import io.plumbline.matrix.connector.Connector;
import io.plumbline.matrix.connector.Extraction;
import io.plumbline.matrix.connector.Feature;
import io.plumbline.matrix.connector.ForwardingExtraction;
import io.plumbline.matrix.connector.ForwardingLoad;
import io.plumbline.matrix.connector.ForwardingReader;
import io.plumbline.matrix.connector.Inspector;
import io.plumbline.matrix.connector.Load;
import io.plumbline.matrix.connector.LoadPlan;
import io.plumbline.matrix.connector.LoadTotals;
import io.plumbline.matrix.connector.ReadRequest;
import io.plumbline.matrix.connector.ReadRequest.Continuation;
import io.plumbline.matrix.connector.RowBatch;
import io.plumbline.matrix.connector.RunningSystem;
import io.plumbline.matrix.connector.Sink;
import io.plumbline.matrix.connector.SinkWriter;
import io.plumbline.matrix.connector.Source;
import io.plumbline.matrix.connector.SourceReader;
import io.plumbline.matrix.connector.SystemFailureException;
import io.plumbline.matrix.connector.TargetLayout;
import io.plumbline.matrix.connector.TypeMapping;
import io.plumbline.matrix.connector.WriteAction;
import io.plumbline.matrix.dataset.ChangeSet;
import io.plumbline.matrix.dataset.Dataset;
import io.plumbline.matrix.dataset.RowClass;
import io.plumbline.matrix.mover.FileStateStore;
import io.plumbline.matrix.mover.MoveRequest;
import io.plumbline.matrix.mover.PhaseLedger;
import io.plumbline.matrix.mover.ReferenceMover;
import io.plumbline.matrix.mover.State;
import io.plumbline.matrix.mover.StateStore;
import io.plumbline.matrix.registry.CaseId;
import io.plumbline.matrix.registry.Strategy;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.apiguardian.api.API;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Servers that die or have no space left, cases that are abandoned: what is wrong is named, the
 * state is never ahead of the data, the next run is right, and nothing is left behind.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public abstract class BadDaysContract {
  private static final LocalDateTime EFFECTIVE = LocalDateTime.of(2026, 6, 4, 0, 0);
  private static final int DISK_MEGABYTES = 512;

  /** A server of the test's own. */
  public interface Server extends AutoCloseable {
    /** The system on it. */
    RunningSystem system();

    /** What cases have on it: tables, topics. */
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

  /** When the server is killed. */
  enum Moment {
    EXTRACT,
    LOAD,
    RECONCILE
  }

  private final Connector connector;
  private final CaseId id;
  private final Dataset dataset = new Dataset(Cases.volume(1_000));
  private final CaseScope scope;

  /** The system plays both roles, whatever the cube says. */
  protected BadDaysContract(Connector connector, TypeMapping sinkTypes) {
    this.connector = connector;
    this.id = new CaseId(connector.family(), connector.family(), Strategy.INCREMENTAL_MERGE);
    this.scope =
        new CaseScope(
            id,
            "test",
            dataset,
            ColumnContract.of(dataset.columns(), connector.sourceTypes(), sinkTypes),
            TargetLayout.KEYED);
  }

  /** Starts a server whose files lie below a folder. */
  protected abstract Server start(Path directory);

  @ParameterizedTest
  @EnumSource(Moment.class)
  final void whenTheServerDiesTheCaseNamesItAndTheNextRunIsRight(
      Moment moment, @TempDir Path directory) {
    try (Begun begun = begin(directory)) {
      assertThatThrownBy(
              () ->
                  new ReferenceMover()
                      .move(
                          request(
                              killing(moment, begun.server(), begun.source().reader()),
                              killing(moment, begun.server(), begun.sink()),
                              begun.states())))
          .isInstanceOf(SystemFailureException.class)
          .hasMessageStartingWith(connector.family() + ": ");
      assertThat(begun.version()).isEqualTo(1);

      begun.server().restart();
      move(begun, begun.states());
      assertThat(begun.version()).isEqualTo(2);
      assertTarget(begun.sink());
    }
  }

  @Test
  final void whatTheStateSaysOutlivesAServerThatDies(@TempDir Path directory) {
    try (Begun begun = begin(directory)) {
      move(begun, begun.states());

      begun.server().kill();
      begun.server().restart();
      assertThat(begun.version()).isEqualTo(2);
      assertTarget(begun.sink());
    }
  }

  @Test
  final void whenTheMoverDiesBeforeItCommitsItsStateTheNextRunIsRight(@TempDir Path directory) {
    try (Begun begun = begin(directory)) {
      StateStore dying =
          new StateStore() {
            @Override
            public Optional<State> read() {
              return begun.states().read();
            }

            @Override
            public void commit(State next) {
              throw new IllegalStateException("The mover died.");
            }
          };
      assertThatThrownBy(() -> move(begun, dying)).hasMessage("The mover died.");

      move(begun, begun.states());
      assertTarget(begun.sink());
    }
  }

  @Test
  final void aFullDiskIsTheLabsFailureAndTheNextRunIsRight(@TempDir Path directory)
      throws IOException {
    try (SmallDisk disk = SmallDisk.mount(directory.resolve("disk"), DISK_MEGABYTES);
        Begun begun = begin(disk.path(), directory)) {
      disk.fill();

      assertThatThrownBy(() -> move(begun, begun.states()))
          .isInstanceOf(SystemFailureException.class)
          .hasMessageStartingWith(connector.family() + ": ");
      assertThat(begun.version()).isEqualTo(1);

      disk.free();
      if (!begun.server().alive()) {
        begun.server().restart();
      }
      move(begun, begun.states());
      assertThat(begun.version()).isEqualTo(2);
      assertTarget(begun.sink());
    }
  }

  @Test
  final void closingACaseRemovesWhatItMadeAlsoWhatWasAbandoned(@TempDir Path directory) {
    try (Server server = start(directory)) {
      Source source = server.system().openSource(scope);
      Sink sink = server.system().openSink(scope);
      source.fixture().seed();
      Extraction extraction =
          source.reader().open(new ReadRequest.Snapshot(Continuation.ROWS_AFTER));
      RowBatch batch = new RowBatch(100);
      extraction.read(batch);
      Load merge = sink.writer().begin(plan(WriteAction.MERGE));
      merge.write(batch);
      Load replace = sink.writer().begin(plan(WriteAction.REPLACE_ALL));
      replace.write(batch);
      assertThat(server.held()).hasSizeGreaterThanOrEqualTo(2);

      sink.close();
      source.close();

      assertThat(server.held()).isEmpty();
      merge.close();
      replace.close();
      extraction.close();
    }
    assertThat(directory).isEmptyDirectory();
  }

  private static LoadPlan plan(WriteAction action) {
    return new LoadPlan("1", action, List.of(), EFFECTIVE);
  }

  private ChangeSet changes() {
    return new ChangeSet(dataset, ChangeSet.Deletes.SOFT, ChangeSet.Part.ALL);
  }

  /** A case whose base is loaded and whose changes are made. */
  record Begun(Server server, Source source, Sink sink, StateStore states)
      implements AutoCloseable {
    long version() {
      return states.read().orElseThrow().version();
    }

    @Override
    public void close() {
      try (server;
          source;
          sink) {
        // In the order in which they were opened, from the last to the first.
      }
    }
  }

  final Begun begin(Path directory) {
    return begin(directory, directory);
  }

  private Begun begin(Path serverDirectory, Path stateDirectory) {
    Server server = start(serverDirectory);
    try {
      Begun begun =
          new Begun(
              server,
              server.system().openSource(scope),
              server.system().openSink(scope),
              new FileStateStore(id.toString(), stateDirectory.resolve("state")));
      begun.source().fixture().seed();
      move(begun, begun.states());
      begun.source().fixture().apply(changes());
      return begun;
    } catch (RuntimeException | Error e) {
      try (server) {
        throw e;
      }
    }
  }

  final void move(Begun begun, StateStore states) {
    new ReferenceMover().move(request(begun.source().reader(), begun.sink(), states));
  }

  private MoveRequest request(SourceReader reader, Sink sink, StateStore states) {
    return new MoveRequest(
        id,
        EnumSet.allOf(Feature.class),
        EnumSet.allOf(Feature.class),
        reader,
        sink.writer(),
        states,
        new PhaseLedger(InstantSource.system(), entry -> {}),
        new MoveRequest.Parameters(EFFECTIVE, Dataset.LAST_DATE, List.of(), 100));
  }

  final void assertTarget(Sink sink) {
    SoftAssertions differences = new SoftAssertions();
    List<Long> keys = new ArrayList<>();
    sink.inspector()
        .rows(
            (cells, token, validity) -> {
              long key = (Long) cells[0];
              keys.add(key);
              int version = dataset.classOf(key) == RowClass.STABLE ? 1 : 2;
              Object[] carried = DeclaredValues.carried(scope, dataset.row(key, version));
              DeclaredValues.assertRow(
                  differences, scope, cells, DeclaredValues.stored(scope, carried));
            });
    assertThat(keys)
        .containsExactlyElementsOf(
            LongStream.rangeClosed(1, dataset.maxKey())
                .filter(key -> dataset.classOf(key) != RowClass.DELETED)
                .boxed()
                .toList());
    differences.assertAll();
  }

  private static SourceReader killing(Moment moment, Server server, SourceReader reader) {
    if (moment != Moment.EXTRACT) {
      return reader;
    }
    return new ForwardingReader(reader) {
      @Override
      public Extraction open(ReadRequest request) {
        return new ForwardingExtraction(super.open(request)) {
          private boolean killed;

          @Override
          public boolean read(RowBatch batch) {
            boolean more = super.read(batch);
            if (!killed) {
              killed = true;
              server.kill();
            }
            return more;
          }
        };
      }
    };
  }

  private static Sink killing(Moment moment, Server server, Sink sink) {
    if (moment == Moment.EXTRACT) {
      return sink;
    }
    return new Sink() {
      @Override
      public SinkWriter writer() {
        return plan -> killing(moment, server, sink.writer().begin(plan));
      }

      @Override
      public Inspector inspector() {
        return sink.inspector();
      }

      @Override
      public void close() {
        sink.close();
      }
    };
  }

  private static Load killing(Moment moment, Server server, Load load) {
    return new ForwardingLoad(load) {
      @Override
      public void publish() {
        if (moment == Moment.LOAD) {
          server.kill();
        }
        super.publish();
      }

      @Override
      public LoadTotals held() {
        server.kill();
        return super.held();
      }
    };
  }
}

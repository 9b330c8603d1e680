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
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.apiguardian.api.API;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Servers that die, tables that others lock, cases that are abandoned: what is wrong is named, the
 * state is never ahead of the data, the next run is right, and nothing is left behind.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public abstract class BadDaysContract {
  private static final LocalDateTime EFFECTIVE = LocalDateTime.of(2026, 6, 4, 0, 0);
  private static final int PATIENCE_SECONDS = 30;

  /** A server of the test's own. */
  public interface Server extends AutoCloseable {
    /** The system on it. */
    RunningSystem system();

    /** A connection of somebody else. */
    Connection connect() throws SQLException;

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

  /** Statements by which somebody else keeps the mover from its tables. */
  protected abstract List<String> lock(List<String> tables);

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
  final void anInterruptedMoverDoesNotWaitForALock(@TempDir Path directory)
      throws SQLException, InterruptedException, ExecutionException {
    try (Begun begun = begin(directory)) {
      CompletableFuture<Throwable> ended = new CompletableFuture<>();
      try (Connection other = begun.server().connect();
          Statement statement = other.createStatement()) {
        other.setAutoCommit(false);
        for (String sql : lock(tables(other))) {
          statement.execute(sql);
        }
        Thread mover =
            new Thread(
                () -> {
                  try {
                    move(begun, begun.states());
                    ended.complete(new AssertionError("The lock was ignored."));
                  } catch (RuntimeException e) {
                    ended.complete(e);
                  }
                });
        mover.start();
        mover.join(TimeUnit.SECONDS.toMillis(2));
        assertThat(ended).as("it waits for the lock").isNotDone();
        mover.interrupt();
        mover.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
        assertThat(ended).isDone();
        assertThat(ended.get()).isInstanceOf(RuntimeException.class);
        other.rollback();
      }
      assertThat(begun.version()).isEqualTo(1);
      move(begun, begun.states());
      assertTarget(begun.sink());
    }
  }

  @Test
  final void closingACaseRemovesWhatItMadeAlsoWhatWasAbandoned(@TempDir Path directory)
      throws SQLException {
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
      try (Connection other = server.connect()) {
        assertThat(tables(other)).hasSizeGreaterThanOrEqualTo(2);

        sink.close();
        source.close();

        assertThat(tables(other)).isEmpty();
      }
      merge.close();
      replace.close();
      extraction.close();
    }
    assertThat(directory).isEmptyDirectory();
  }

  private static LoadPlan plan(WriteAction action) {
    return new LoadPlan("1", action, List.of(), EFFECTIVE);
  }

  /** The quoted paths of the case's tables. */
  private static List<String> tables(Connection connection) throws SQLException {
    List<String> tables = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet found =
            statement.executeQuery(
                "SELECT TABLE_SCHEMA, TABLE_NAME FROM INFORMATION_SCHEMA.TABLES WHERE TABLE_SCHEMA LIKE 'pl_test_incremental%'")) {
      while (found.next()) {
        tables.add(found.getString(1) + "." + found.getString(2));
      }
    }
    return tables;
  }

  private ChangeSet changes() {
    return new ChangeSet(dataset, ChangeSet.Deletes.SOFT, ChangeSet.Part.ALL);
  }

  /** A case whose base is loaded and whose changes are made. */
  private record Begun(Server server, Source source, Sink sink, StateStore states)
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

  private Begun begin(Path directory) {
    Server server = start(directory);
    try {
      Begun begun =
          new Begun(
              server,
              server.system().openSource(scope),
              server.system().openSink(scope),
              new FileStateStore(id.toString(), directory.resolve("state")));
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

  private void move(Begun begun, StateStore states) {
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

  private void assertTarget(Sink sink) {
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

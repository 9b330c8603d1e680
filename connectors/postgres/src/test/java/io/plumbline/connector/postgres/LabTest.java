package io.plumbline.connector.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.connector.tck.Cases;
import io.plumbline.connector.tck.DeclaredValues;
import io.plumbline.connector.tck.ReadRow;
import io.plumbline.matrix.connector.CaseScope;
import io.plumbline.matrix.connector.EvidenceLevel;
import io.plumbline.matrix.connector.Extraction;
import io.plumbline.matrix.connector.Load;
import io.plumbline.matrix.connector.Op;
import io.plumbline.matrix.connector.ReadRequest;
import io.plumbline.matrix.connector.ReadRequest.Continuation;
import io.plumbline.matrix.connector.RowBatch;
import io.plumbline.matrix.connector.Sink;
import io.plumbline.matrix.connector.Source;
import io.plumbline.matrix.connector.SystemFailureException;
import io.plumbline.matrix.connector.TargetLayout;
import io.plumbline.matrix.connector.WriteAction;
import io.plumbline.matrix.dataset.ChangeSet;
import io.plumbline.matrix.dataset.Dataset;
import io.plumbline.matrix.lab.Deadline;
import io.plumbline.matrix.lab.UserCache;
import io.plumbline.matrix.registry.RunMode;
import io.plumbline.matrix.registry.Strategy;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Servers that die, and what is left when everything is closed. */
@ExtendWith(Postgres.class)
final class LabTest {
  private final Dataset dataset = new Dataset(Cases.volume(100));
  private final CaseScope scope =
      Cases.own(new PostgresConnector(), Strategy.CDC, TargetLayout.KEYED, dataset);
  private final PostgresSystem shared;

  LabTest(PostgresSystem shared) {
    this.shared = shared;
  }

  private RowBatch batch() {
    RowBatch batch = new RowBatch(100);
    for (long key = 1; key <= 100; key++) {
      batch.add(Op.SNAPSHOT, DeclaredValues.carried(scope, dataset.row(key, 1)));
    }
    return batch;
  }

  @Test
  void theServerSaysItselfWhatItIs() {
    assertThat(shared.info().product()).isEqualTo("PostgreSQL");
    assertThat(shared.info().version()).startsWith("18.");
    assertThat(shared.info().level()).isEqualTo(EvidenceLevel.EMBEDDED);
    assertThat(new EmbeddedPostgresProvider().serves(RunMode.MOCK_LOCAL)).isTrue();
    assertThat(new EmbeddedPostgresProvider().serves(RunMode.MOCK_CONTRACT)).isFalse();
  }

  @Test
  void aServerThatDiesDuringALoadIsTheLabsFailureAndLeavesNothing(@TempDir Path directory)
      throws IOException, InterruptedException {
    PostgresSystem system = (PostgresSystem) new EmbeddedPostgresProvider().start(directory);
    ProcessHandle postmaster = postmaster(directory);
    Source source = system.openSource(scope);
    source.fixture().seed();
    Extraction extraction = source.reader().open(new ReadRequest.Snapshot(Continuation.CHANGES));
    extraction.read(new RowBatch(1));
    Sink sink = system.openSink(scope);
    Load replace = sink.writer().begin(Cases.plan("1", WriteAction.REPLACE_ALL));
    Load merge = sink.writer().begin(Cases.plan("2", WriteAction.MERGE));
    replace.write(batch());
    merge.write(batch());

    postmaster.destroyForcibly();
    postmaster.onExit().orTimeout(20, TimeUnit.SECONDS).join();
    assertThat(Deadline.in(Duration.ofSeconds(20)).await(() -> !listens(system))).isTrue();

    for (Load load : new Load[] {replace, merge}) {
      assertThatThrownBy(
              () -> {
                for (int i = 0; i < 1_000; i++) {
                  load.write(batch());
                }
                load.publish();
              })
          .isInstanceOf(SystemFailureException.class)
          .hasMessageStartingWith("postgres: ");
    }
    assertThatThrownBy(() -> system.openSink(scope))
        .isInstanceOf(SystemFailureException.class)
        .hasMessageStartingWith("postgres: ");
    assertThatThrownBy(() -> source.reader().open(new ReadRequest.Snapshot(Continuation.NONE)))
        .isInstanceOf(SystemFailureException.class);
    replace.close();
    merge.close();
    extraction.close();
    assertThatThrownBy(sink::close).isInstanceOf(SystemFailureException.class);
    assertThatThrownBy(system::close).isInstanceOf(SystemFailureException.class);
    assertThat(directory).isEmptyDirectory();
    assertThat(Path.of("/tmp/.s.PGSQL." + system.endpoint().port())).doesNotExist();
  }

  /** The library would take the other server for its own. */
  @Test
  void aPortThatAnotherServerHasIsTheLabsFailure(@TempDir Path directory, PostgresSystem other) {
    UnpackedPostgres binaries =
        new UnpackedPostgres(UserCache.ofJvm().folder().resolve("postgres"));
    assertThatThrownBy(
            () -> EmbeddedPostgresProvider.start(directory, binaries, other.endpoint().port()))
        .isInstanceOf(SystemFailureException.class)
        .hasMessageStartingWith(
            "postgres: Another server answers at port %d; ", other.endpoint().port())
        .hasMessageContaining("Address already in use");
    assertThat(other.info().product()).isEqualTo("PostgreSQL");
  }

  @Test
  void closingLeavesNoProcessNoPortAndNoFile(@TempDir Path directory) throws IOException {
    PostgresSystem system = (PostgresSystem) new EmbeddedPostgresProvider().start(directory);
    ProcessHandle postmaster = postmaster(directory);
    assertThat(postmaster.isAlive()).isTrue();
    assertThat(listens(system)).isTrue();

    system.close();

    assertThat(postmaster.isAlive()).isFalse();
    assertThat(listens(system)).isFalse();
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void closingACaseRemovesWhatItMadeAlsoWhatWasAbandoned() {
    Source source = shared.openSource(scope);
    Sink sink = shared.openSink(scope);
    source.fixture().seed();
    Extraction snapshot = source.reader().open(new ReadRequest.Snapshot(Continuation.CHANGES));
    ReadRow.all(snapshot);
    source.fixture().apply(new ChangeSet(dataset, ChangeSet.Deletes.PHYSICAL, ChangeSet.Part.ALL));
    Extraction changes = source.reader().open(new ReadRequest.Changes(snapshot.position()));
    changes.read(new RowBatch(1));
    Load load = sink.writer().begin(Cases.plan("1", WriteAction.REPLACE_ALL));
    load.write(batch());
    assertThat(leftovers()).as("there is something to remove").isGreaterThanOrEqualTo(4);

    sink.close();
    source.close();

    assertThat(leftovers()).isZero();
    load.close();
    changes.close();
    snapshot.close();
  }

  private long leftovers() {
    return Postgres.count(
        shared,
        """
        SELECT (SELECT count(*) FROM pg_namespace WHERE nspname LIKE 'pl_test_cdc_%')
             + (SELECT count(*) FROM pg_replication_slots WHERE slot_name LIKE 'pl_test_cdc_%')
             + (SELECT count(*) FROM pg_publication WHERE pubname LIKE 'pl_test_cdc_%')
             + (SELECT count(*) FROM pg_stat_activity WHERE application_name LIKE 'mover pl_test_cdc_%')
        """);
  }

  @Test
  void noMessageHoldsThePassword() {
    Endpoint endpoint =
        new Endpoint("localhost", shared.endpoint().port(), "nowhere", "nobody", "canary-4711");
    assertThat(endpoint.toString()).doesNotContain("canary");
    assertThatThrownBy(() -> Session.open(endpoint, "test"))
        .isInstanceOf(PostgresException.class)
        .hasStackTraceContaining("nobody")
        .satisfies(
            e -> {
              java.io.StringWriter trace = new java.io.StringWriter();
              e.printStackTrace(new java.io.PrintWriter(trace));
              assertThat(trace.toString()).doesNotContain("canary");
            });
  }

  private static ProcessHandle postmaster(Path directory) throws IOException {
    long pid =
        Long.parseLong(
            Files.readAllLines(directory.resolve("postgres/data/postmaster.pid")).get(0));
    return ProcessHandle.of(pid).orElseThrow();
  }

  private static boolean listens(PostgresSystem system) {
    try (Socket socket = new Socket("localhost", system.endpoint().port())) {
      return socket.isConnected();
    } catch (ConnectException e) {
      return false;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}

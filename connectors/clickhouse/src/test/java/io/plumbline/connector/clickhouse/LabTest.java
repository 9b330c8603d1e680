package io.plumbline.connector.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.connector.tck.Cases;
import io.plumbline.connector.tck.DeclaredValues;
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
import io.plumbline.matrix.dataset.Dataset;
import io.plumbline.matrix.registry.RunMode;
import io.plumbline.matrix.registry.Strategy;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** Engines that die, parents that die, and what is left when everything is closed. */
@ExtendWith(Clickhouse.class)
@Isolated("The engine that was started last is killed, and must be its own.")
final class LabTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Dataset dataset = new Dataset(Cases.volume(100));
  private final CaseScope scope =
      Cases.own(new ClickhouseConnector(), Strategy.FULL_REFRESH, TargetLayout.KEYED, dataset);
  private final ClickhouseSystem shared;

  LabTest(ClickhouseSystem shared) {
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
  void theEngineSaysItselfWhatItIs() {
    assertThat(shared.info().product()).isEqualTo("ClickHouse");
    assertThat(shared.info().version()).startsWith("26.");
    assertThat(shared.info().level()).isEqualTo(EvidenceLevel.EMBEDDED);
    ChdbProvider provider = new ChdbProvider(ChdbLibrary.ofJvm());
    assertThat(provider.serves(RunMode.MOCK_LOCAL)).isTrue();
    assertThat(provider.serves(RunMode.MOCK_CONTRACT)).isFalse();
  }

  @Test
  void anEngineThatDiesDuringALoadIsTheLabsFailureAndLeavesNothing(@TempDir Path directory) {
    ClickhouseSystem system = Clickhouse.start(directory);
    ProcessHandle engine = Clickhouse.newestEngine();
    Source source = system.openSource(scope);
    source.fixture().seed();
    Extraction extraction = source.reader().open(new ReadRequest.Snapshot(Continuation.NONE));
    extraction.read(new RowBatch(1));
    Sink sink = system.openSink(scope);
    Load replace = sink.writer().begin(Cases.plan("1", WriteAction.REPLACE_ALL));
    Load merge = sink.writer().begin(Cases.plan("2", WriteAction.MERGE));
    replace.write(batch());
    merge.write(batch());

    engine.destroyForcibly();
    engine.onExit().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();

    for (Load load : List.of(replace, merge)) {
      assertThatThrownBy(load::publish)
          .isInstanceOf(SystemFailureException.class)
          .hasMessageStartingWith("clickhouse: ");
    }
    assertThatThrownBy(() -> system.openSink(scope))
        .isInstanceOf(SystemFailureException.class)
        .hasMessageStartingWith("clickhouse: ");
    assertThatThrownBy(() -> source.reader().open(new ReadRequest.Snapshot(Continuation.NONE)))
        .isInstanceOf(SystemFailureException.class);
    replace.close();
    merge.close();
    extraction.close();
    assertThatThrownBy(sink::close).isInstanceOf(SystemFailureException.class);
    system.close();
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void closingLeavesNoProcessAndNoFile(@TempDir Path directory) {
    ClickhouseSystem system = Clickhouse.start(directory);
    ProcessHandle engine = Clickhouse.newestEngine();
    assertThat(engine.isAlive()).isTrue();

    system.close();

    assertThat(engine.isAlive()).isFalse();
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void anEngineWhoseParentWasKilledEndsAndTakesItsFilesWithIt(@TempDir Path directory)
      throws IOException {
    Clickhouse.library();
    Path own = directory.resolve("own");
    Process parent =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                EngineParent.class.getName(),
                own.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    ProcessHandle engine;
    try (BufferedReader lines = parent.inputReader(StandardCharsets.UTF_8)) {
      engine = ProcessHandle.of(Long.parseLong(lines.readLine())).orElseThrow();
      assertThat(engine.isAlive()).isTrue();
      assertThat(own).isNotEmptyDirectory();
    } finally {
      parent.destroyForcibly();
    }
    Awaitility.await().atMost(PATIENCE).until(() -> !engine.isAlive());
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void closingACaseRemovesWhatItMadeAlsoWhatWasAbandoned() {
    Source source = shared.openSource(scope);
    Sink sink = shared.openSink(scope);
    source.fixture().seed();
    Extraction snapshot = source.reader().open(new ReadRequest.Snapshot(Continuation.NONE));
    snapshot.read(new RowBatch(1));
    Load load = sink.writer().begin(Cases.plan("1", WriteAction.REPLACE_ALL));
    load.write(batch());
    assertThat(databases()).hasSize(2);

    sink.close();
    source.close();

    assertThat(databases()).isEmpty();
    load.close();
    snapshot.close();
  }

  @Test
  void aCaseIsCleanedUpAlsoByAThreadThatWasInterrupted() {
    Sink sink = shared.openSink(scope);
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> sink.inspector().columns())
        .isInstanceOf(SystemFailureException.class)
        .hasMessageContaining("interrupted");
    sink.close();
    assertThat(Thread.interrupted()).as("still interrupted").isTrue();
    assertThat(databases()).isEmpty();
  }

  private List<List<String>> databases() {
    return shared
        .server()
        .rows("SELECT name FROM system.databases WHERE name LIKE 'pl_test_full_refresh_%'");
  }

  @Test
  void filesOfDroppedTablesAreRemoved(@TempDir Path directory) throws IOException {
    try (ClickhouseSystem system = Clickhouse.start(directory)) {
      Path store = directory.resolve("chdb/data/store");
      system.server().execute("CREATE DATABASE d");
      system
          .server()
          .execute(
              "CREATE TABLE d.t ENGINE = MergeTree ORDER BY x AS SELECT number AS x FROM numbers(1000)");
      assertThat(files(store)).isPositive();
      system.server().execute("DROP DATABASE d");
      assertThat(files(store)).isZero();
    }
  }

  /** It would end with its last connection, and take what is only in memory with it. */
  @Test
  void statementsThatFailDoNotEndTheEngine(@TempDir Path directory) {
    try (ClickhouseSystem system = Clickhouse.start(directory)) {
      system.server().execute("CREATE DATABASE d");
      system.server().execute("CREATE TABLE d.t ENGINE = Memory AS SELECT 1 AS x");
      for (int attempt = 0; attempt < 3; attempt++) {
        assertThatThrownBy(() -> system.server().execute("DROP TABLE d.u"))
            .isInstanceOf(ClickhouseException.class);
      }
      assertThat(system.server().number("SELECT count() FROM d.t")).isEqualTo(1);
    }
  }

  private static long files(Path store) throws IOException {
    try (java.util.stream.Stream<Path> files = Files.walk(store)) {
      return files.filter(Files::isRegularFile).count();
    }
  }

  @Test
  void whoHasNotTheKeyIsRefusedAndNoMessageHoldsIt(@TempDir Path directory) {
    try (ChdbProcess process = ChdbProcess.start(Clickhouse.library(), directory.resolve("chdb"))) {
      URI uri = process.endpoint().uri();
      assertThat(process.endpoint().toString()).doesNotContain(process.endpoint().password());
      try (Server stranger = new Server(new Endpoint(uri, "default", "canary-4711"))) {
        assertThatThrownBy(() -> stranger.execute("SELECT 1"))
            .isInstanceOf(ClickhouseException.class)
            .hasMessageContaining("516")
            .satisfies(
                e -> {
                  java.io.StringWriter trace = new java.io.StringWriter();
                  e.printStackTrace(new java.io.PrintWriter(trace));
                  assertThat(trace.toString()).doesNotContain("canary");
                });
      }
    }
  }

  @Test
  void aResultThatFailsInTheMiddleIsNoShorterResult() {
    String select = "SELECT throwIf(number = 1000000) FROM numbers(2000000)";
    assertThatThrownBy(() -> shared.server().rows(select))
        .isInstanceOf(SystemFailureException.class);
    assertThat(shared.server().number("SELECT 1")).isEqualTo(1);
  }
}

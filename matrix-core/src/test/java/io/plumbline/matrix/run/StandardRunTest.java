package io.plumbline.matrix.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.matrix.connector.CaseScope;
import io.plumbline.matrix.connector.Fixture;
import io.plumbline.matrix.connector.RunningSystem;
import io.plumbline.matrix.connector.Sink;
import io.plumbline.matrix.connector.Source;
import io.plumbline.matrix.connector.SourceReader;
import io.plumbline.matrix.connector.SystemInfo;
import io.plumbline.matrix.dataset.Volume;
import io.plumbline.matrix.memory.MemorySystem;
import io.plumbline.matrix.mover.Mover;
import io.plumbline.matrix.mover.ReferenceMover;
import io.plumbline.matrix.oracle.Verdict;
import io.plumbline.matrix.registry.Matrix;
import io.plumbline.matrix.registry.MatrixCase;
import io.plumbline.matrix.registry.RunMode;
import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

public class StandardRunTest {
  private static final String REGISTRY =
      """
      schema: plumbline.matrix.registry/1
      sources: [postgres, mssql, mysql, clickhouse, api, kafka]
      sinks: [mssql, postgres, clickhouse, bigquery, kafka]
      strategies: [full_refresh, incremental_append, incremental_merge, replace, snapshot_diff, partition_replace, scd2, backfill, xmin, cdc]
      rejections:
        - strategy: [xmin]
          source: [mssql, mysql, clickhouse, api, kafka]
          code: source_has_no_xmin
          reason: Only PostgreSQL keeps the transaction that wrote a row.
          instead: [incremental_merge, snapshot_diff]
        - strategy: [cdc]
          source: [clickhouse, api, kafka]
          code: source_has_no_change_log
          reason: There is no log of changes.
          instead: [incremental_merge, snapshot_diff]
        - strategy: [partition_replace, backfill]
          sink: [kafka]
          code: sink_has_no_partitions
          reason: A topic has no partition to replace.
          instead: [replace]
        - strategy: [scd2]
          sink: [kafka]
          code: sink_has_no_history
          reason: A topic has no rows to close.
          instead: [snapshot_diff]
      """;

  static RunSettings settings(Volume volume) {
    return new RunSettings(
        RunMode.MOCK_CONTRACT,
        volume,
        Path.of("target/unused"),
        2,
        Duration.ofMinutes(5),
        Duration.ofMinutes(5));
  }

  public static Matrix cube() {
    return Matrix.read(
        "cube.yaml", new ByteArrayInputStream(REGISTRY.getBytes(StandardCharsets.UTF_8)));
  }

  @ParameterizedTest
  @CsvSource({"1,0.20,0.05,120", "100,0.29,0.29,120", "100,0,0,8", "700,0.5,0.1,120", "37,1,0.5,3"})
  void everyCaseOfTheCubeHoldsAtAnyVolume(
      long rows, BigDecimal changeRatio, BigDecimal deleteRatio, int wideColumns) {
    Volume volume = new Volume(rows, changeRatio, deleteRatio, wideColumns, 7);
    Map<String, String> notPassed = new TreeMap<>();
    try (StandardRun run = new StandardRun(settings(volume), cube(), PlainConnector.ofTheCube())) {
      for (MatrixCase matrixCase : cube().cases()) {
        CaseResult result = run.run(matrixCase);
        Verdict expected = matrixCase.supported() ? Verdict.PASS : Verdict.REJECTED_AS_DECLARED;
        if (result.verdict() != expected) {
          notPassed.put(matrixCase.id().toString(), result.verdict() + " " + result.reason());
        }
      }
    }
    assertThat(notPassed).isEmpty();
  }

  @Test
  void theCubeHasItsDocumentedSize() {
    assertThat(cube().cases()).hasSize(300);
    assertThat(cube().supported()).hasSize(242);
  }

  @Test
  void checksumsComeInAFixedOrder() {
    try (StandardRun run =
        new StandardRun(
            settings(new Volume(50, new BigDecimal("0.2"), BigDecimal.ZERO, 3, 7)),
            cube(),
            PlainConnector.ofTheCube())) {
      CaseResult result = run.run(cube().find("postgres_to_mssql__xmin").orElseThrow());
      assertThat(result.rounds().get(0).checksums().keySet()).containsExactly("expected", "actual");
    }
  }

  /** A system that notes what is closed. */
  private record Noting(RunningSystem system, List<String> closed) implements RunningSystem {
    @Override
    public SystemInfo info() {
      return system.info();
    }

    @Override
    public Source openSource(CaseScope scope) {
      Source source = system.openSource(scope);
      return new Source() {
        @Override
        public Fixture fixture() {
          return source.fixture();
        }

        @Override
        public SourceReader reader() {
          return source.reader();
        }

        @Override
        public void close() {
          closed.add("source");
          source.close();
        }
      };
    }

    @Override
    public Sink openSink(CaseScope scope) {
      return system.openSink(scope);
    }

    @Override
    public void close() {
      closed.add("system " + info().family());
      throw new IllegalStateException("It does not stop.");
    }
  }

  @Test
  void aRunThatIsStoppedInTheMiddleRemovesWhatItsCasesMadeAndStopsEverySystem()
      throws InterruptedException {
    List<String> closed = new CopyOnWriteArrayList<>();
    CountDownLatch moving = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    Mover blocked =
        request -> {
          moving.countDown();
          try {
            never.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        };
    StandardRun run =
        new StandardRun(
            OneRow.onRealSystems(Map.of()),
            cube(),
            OneRow.connectors(c -> new Noting(new MemorySystem(c), closed)),
            blocked,
            InstantSource.system(),
            Progress.SILENT);
    Thread stuck =
        new Thread(() -> run.run(cube().find("mssql_to_clickhouse__scd2").orElseThrow()));
    stuck.start();
    moving.await();
    assertThatThrownBy(run::close).hasMessage("It does not stop.");
    assertThat(closed).containsExactly("source", "system clickhouse", "system mssql");
    stuck.interrupt();
    stuck.join();
  }

  @Test
  void aRunThatIsBeingStoppedTakesNoCase() {
    StandardRun run =
        new StandardRun(
            OneRow.onRealSystems(Map.of()), cube(), OneRow.connectors(MemorySystem::new));
    run.close();
    CaseResult result = run.run(cube().find("mssql_to_clickhouse__scd2").orElseThrow());
    assertThat(result.verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(result.reason()).isEqualTo("clickhouse: the run is being stopped");
  }

  @Test
  void whoeverWaitsForALongLoadIsToldHowFarItIs() {
    RunSettings settings =
        new RunSettings(
            RunMode.MOCK_CONTRACT,
            new Volume(200_000, BigDecimal.ZERO, BigDecimal.ZERO, 0, 7),
            Path.of("target/unused"),
            1,
            Duration.ofMinutes(5),
            Duration.ofMinutes(5));
    List<String> told = new CopyOnWriteArrayList<>();
    try (StandardRun run =
        new StandardRun(
            settings,
            cube(),
            PlainConnector.ofTheCube(),
            new ReferenceMover(),
            InstantSource.system(),
            (caseId, text) -> told.add(caseId + ": " + text))) {
      run.run(cube().find("mssql_to_clickhouse__replace").orElseThrow());
    }
    assertThat(told)
        .startsWith(
            "mssql_to_clickhouse__replace: first load 100,000 rows",
            "mssql_to_clickhouse__replace: first load 200,000 rows");
  }

  @Test
  void twoRunsOfTheSameMillisecondShareNoName() {
    Set<String> names = ConcurrentHashMap.newKeySet();
    for (int run = 0; run < 2; run++) {
      try (StandardRun one =
          new StandardRun(
              OneRow.onRealSystems(Map.of()),
              cube(),
              OneRow.connectors(c -> new Naming(new MemorySystem(c), names)),
              new ReferenceMover(),
              InstantSource.fixed(Instant.EPOCH),
              Progress.SILENT)) {
        one.run(cube().find("mssql_to_clickhouse__replace").orElseThrow());
      }
    }
    assertThat(names).hasSize(2);
  }

  /** A system that notes the names of the runs it serves. */
  private record Naming(RunningSystem system, Set<String> names) implements RunningSystem {
    @Override
    public SystemInfo info() {
      return system.info();
    }

    @Override
    public Source openSource(CaseScope scope) {
      names.add(scope.runId());
      return system.openSource(scope);
    }

    @Override
    public Sink openSink(CaseScope scope) {
      return system.openSink(scope);
    }

    @Override
    public void close() {
      system.close();
    }
  }
}

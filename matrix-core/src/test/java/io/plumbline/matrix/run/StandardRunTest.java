package io.plumbline.matrix.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.matrix.connector.Connector;
import io.plumbline.matrix.connector.RunningSystem;
import io.plumbline.matrix.connector.SystemFailureException;
import io.plumbline.matrix.connector.SystemProvider;
import io.plumbline.matrix.connector.SystemUnavailableException;
import io.plumbline.matrix.dataset.Volume;
import io.plumbline.matrix.memory.MemorySystem;
import io.plumbline.matrix.oracle.Verdict;
import io.plumbline.matrix.registry.Family;
import io.plumbline.matrix.registry.Matrix;
import io.plumbline.matrix.registry.MatrixCase;
import io.plumbline.matrix.registry.RunMode;
import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
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

  /** A system that starts, or does not, as it is told. */
  private record Starting(Supplier<RunningSystem> start) implements SystemProvider {
    @Override
    public boolean serves(RunMode mode) {
      return true;
    }

    @Override
    public RunningSystem start(Path workDirectory) {
      return start.get();
    }
  }

  private static CaseResult onRealSystems(Starting sink) {
    Family family = new Family("clickhouse");
    List<Connector> connectors =
        PlainConnector.ofTheCube().stream()
            .map(PlainConnector.class::cast)
            .<Connector>map(
                c ->
                    c.with(
                        c.family().equals(family) ? sink : new Starting(() -> new MemorySystem(c))))
            .toList();
    RunSettings settings =
        new RunSettings(
            RunMode.MOCK_LOCAL,
            new Volume(1, BigDecimal.ZERO, BigDecimal.ZERO, 0, 7),
            Path.of("target/unused"),
            1,
            Duration.ofMinutes(5),
            Duration.ofMinutes(5));
    try (StandardRun run = new StandardRun(settings, cube(), connectors)) {
      CaseResult first = run.run(cube().find("mssql_to_clickhouse__scd2").orElseThrow());
      CaseResult again = run.run(cube().find("mssql_to_clickhouse__scd2").orElseThrow());
      assertThat(again.verdict()).isEqualTo(first.verdict());
      assertThat(again.reason()).isEqualTo(first.reason());
      return first;
    }
  }

  @Test
  void aCaseWhoseSystemCannotBeHadIsSkippedWithTheReason() {
    Family family = new Family("clickhouse");
    CaseResult result =
        onRealSystems(
            new Starting(
                () -> {
                  throw new SystemUnavailableException(family, "install it");
                }));
    assertThat(result.verdict()).isEqualTo(Verdict.SKIPPED);
    assertThat(result.reason()).isEqualTo("clickhouse: install it");
  }

  @Test
  void aCaseWhoseSystemDoesNotStartIsABrokenLab() {
    CaseResult result =
        onRealSystems(
            new Starting(
                () -> {
                  throw new IllegalStateException("no");
                }));
    assertThat(result.verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(result.failure()).isInstanceOf(SystemFailureException.class);
  }
}

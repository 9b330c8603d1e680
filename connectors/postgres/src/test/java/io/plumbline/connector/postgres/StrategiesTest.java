package io.plumbline.connector.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.matrix.oracle.CheckResult;
import io.plumbline.matrix.oracle.Verdict;
import io.plumbline.matrix.registry.Matrix;
import io.plumbline.matrix.registry.RunMode;
import io.plumbline.matrix.registry.Strategy;
import io.plumbline.matrix.run.CaseResult;
import io.plumbline.matrix.run.RunSettings;
import io.plumbline.matrix.run.StandardRun;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every strategy from PostgreSQL to PostgreSQL, judged by the oracle, on a server of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class StrategiesTest {
  private static final String REGISTRY =
      """
      schema: plumbline.matrix.registry/1
      sources: [postgres]
      sinks: [postgres]
      strategies: [full_refresh, incremental_append, incremental_merge, replace, snapshot_diff,
                   partition_replace, scd2, backfill, xmin, cdc]
      rejections: []
      """;

  private Matrix matrix;
  private Path artifactDirectory;
  private StandardRun run;

  @BeforeAll
  void start(@TempDir Path artifacts) {
    matrix =
        Matrix.read("test", new ByteArrayInputStream(REGISTRY.getBytes(StandardCharsets.UTF_8)));
    artifactDirectory = artifacts;
    run = newRun();
  }

  private StandardRun newRun() {
    return new StandardRun(
        new RunSettings(
            RunMode.MOCK_LOCAL,
            Postgres.volume(Long.getLong("rows", 1_000)),
            artifactDirectory,
            1,
            Duration.ofMinutes(5),
            Duration.ofMinutes(5)),
        matrix,
        List.of(new PostgresConnector()));
  }

  @AfterAll
  void stop() {
    run.close();
  }

  @ParameterizedTest
  @EnumSource(Strategy.class)
  void isMovedAsDocumented(Strategy strategy) {
    assertPass(run(run, strategy));
  }

  @Test
  void aCaseThatIsRunAgainStartsFromNothing() {
    try (StandardRun again = newRun()) {
      assertPass(run(again, Strategy.INCREMENTAL_MERGE));
      assertPass(run(again, Strategy.INCREMENTAL_MERGE));
    }
  }

  @Test
  void casesSideBySideDoNotDisturbEachOther() throws InterruptedException, ExecutionException {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try (StandardRun together = newRun()) {
      List<Future<CaseResult>> results = new ArrayList<>();
      for (Strategy strategy : Strategy.values()) {
        results.add(threads.submit(() -> run(together, strategy)));
      }
      for (Future<CaseResult> result : results) {
        assertPass(result.get());
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private CaseResult run(StandardRun on, Strategy strategy) {
    return on.run(matrix.find("postgres_to_postgres__" + strategy.id()).orElseThrow());
  }

  private static void assertPass(CaseResult result) {
    if (result.failure() != null) {
      throw new AssertionError(result.reason(), result.failure());
    }
    assertThat(result.rounds()).isNotEmpty();
    assertThat(result.rounds().stream().flatMap(r -> r.checks().stream()))
        .filteredOn(c -> c.outcome() != CheckResult.Outcome.PASS)
        .as(() -> String.valueOf(result.difference()))
        .isEmpty();
    assertThat(result.verdict()).isEqualTo(Verdict.PASS);
  }
}

package io.plumbline.connector.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.matrix.connector.Connector;
import io.plumbline.matrix.oracle.Check;
import io.plumbline.matrix.oracle.CheckResult;
import io.plumbline.matrix.oracle.Verdict;
import io.plumbline.matrix.registry.CaseId;
import io.plumbline.matrix.registry.MatrixCase;
import io.plumbline.matrix.registry.Strategy;
import io.plumbline.matrix.run.CaseResult;
import io.plumbline.matrix.run.StandardRun;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apiguardian.api.API;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every strategy from a family to itself, some at a time on one system, judged by the oracle. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public abstract class StrategiesContract {
  private static final long ROWS = 1_000;
  private static final int TOGETHER = 4;

  private final OwnPair pair;
  private final Set<Check> notObservable;
  private final ExecutorService threads = Executors.newFixedThreadPool(TOGETHER);
  private final Map<CaseId, Future<CaseResult>> results = new HashMap<>();
  private StandardRun run;

  /**
   * Tests of a family.
   *
   * @param notObservable the checks that its systems let nobody make; all others must pass
   */
  protected StrategiesContract(
      Connector connector, Set<Strategy> strategies, Set<Check> notObservable) {
    this.pair = new OwnPair(connector, strategies);
    this.notObservable = notObservable;
  }

  /** Skips the tests where the system cannot be had; until overridden it always can. */
  protected void assumeAvailable() {}

  @BeforeAll
  final void start(@TempDir Path artifacts) {
    assumeAvailable();
    run = pair.run(ROWS, artifacts);
    for (MatrixCase one : pair.cases()) {
      results.put(one.id(), threads.submit(() -> run.run(one)));
    }
  }

  @AfterAll
  final void stop() {
    threads.shutdownNow();
    if (run != null) {
      run.close();
    }
  }

  List<MatrixCase> cases() {
    return pair.cases();
  }

  @ParameterizedTest
  @MethodSource("cases")
  final void isMovedAsDocumentedWhileOthersAreMoved(MatrixCase one)
      throws InterruptedException, ExecutionException {
    assertPass(Objects.requireNonNull(results.get(one.id())).get());
  }

  @Test
  final void aCaseThatIsRunAgainStartsFromNothing()
      throws InterruptedException, ExecutionException {
    MatrixCase one = pair.of(Strategy.INCREMENTAL_MERGE);
    assertPass(Objects.requireNonNull(results.get(one.id())).get());
    assertPass(run.run(one));
  }

  private void assertPass(CaseResult result) {
    if (result.failure() != null) {
      throw new AssertionError(result.reason(), result.failure());
    }
    assertThat(result.rounds()).isNotEmpty();
    assertThat(result.rounds().stream().flatMap(r -> r.checks().stream()))
        .filteredOn(c -> c.outcome() != CheckResult.Outcome.PASS)
        .as(() -> String.valueOf(result.difference()))
        .allMatch(
            c ->
                c.outcome() == CheckResult.Outcome.NOT_OBSERVABLE
                    && notObservable.contains(c.check()));
    assertThat(result.verdict()).isEqualTo(Verdict.PASS);
  }
}

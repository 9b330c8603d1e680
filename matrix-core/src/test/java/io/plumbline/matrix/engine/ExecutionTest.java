package io.plumbline.matrix.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectPackage;

import io.plumbline.matrix.engine.suites.SmallMatrix;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** How often, how many at once, and in which run cases run. */
class ExecutionTest extends EngineOfASmallMatrix {

  @ParameterizedTest
  @CsvSource({"1", "2", "3"})
  void runsAsManyCasesAtOnceAsToldAndNeverMore(int parallelism) {
    properties.put("matrix.parallelism", Integer.toString(parallelism));
    // 18 is divisible by 1, 2 and 3, and so is each suite: a barrier that is never filled means
    // fewer threads than told.
    CyclicBarrier together = new CyclicBarrier(parallelism);
    run =
        new FakeRun(
            c -> {
              try {
                together.await(20, TimeUnit.SECONDS);
              } catch (java.util.concurrent.BrokenBarrierException
                  | java.util.concurrent.TimeoutException e) {
                throw new IllegalStateException(e);
              }
              return Results.good(c);
            });
    kit(selectPackage(SUITES + ".families"))
        .execute()
        .testEvents()
        .assertStatistics(s -> s.succeeded(18));
    assertThat(run.mostAtOnce).hasValue(parallelism);
  }

  @Test
  void casesThatWaitForASystemLeaveTheirPlaceToOthers() {
    properties.put("matrix.parallelism", "1");
    CompletableFuture<?> slow = new CompletableFuture<>();
    run =
        new FakeRun(
            c -> {
              if (run.ran.size() == 12) {
                slow.complete(null);
              }
              return Results.good(c);
            });
    run.settled =
        c -> isOfMysql(c.id().toString()) ? slow : CompletableFuture.completedFuture(null);
    kit(selectClass(SmallMatrix.class))
        .execute()
        .testEvents()
        .assertStatistics(s -> s.succeeded(18));
    assertThat(run.ran).hasSize(18);
    assertThat(List.copyOf(run.ran).subList(12, 18)).allMatch(ExecutionTest::isOfMysql);
  }

  private static boolean isOfMysql(String caseId) {
    return caseId.startsWith("mysql_");
  }

  @Test
  void aSystemThatIsNeverThereKeepsACaseNoLongerThanItsLimit() {
    properties.put("matrix.timeout.case", "1s");
    run.settled = c -> new CompletableFuture<>();
    kit(selectMethod(SmallMatrix.class.getName(), "mysql_to_kafka__scd2"))
        .execute()
        .testEvents()
        .assertStatistics(s -> s.succeeded(1));
  }

  @Test
  void everyCaseRunsOnceAndTheRunIsClosed() {
    kit(selectPackage(SUITES + ".families")).execute();
    assertThat(run.ran).hasSize(18).doesNotHaveDuplicates();
    assertThat(run.created).hasValue(1);
    assertThat(run.closed).hasValue(1);
  }

  @Test
  void aSecondRequestOfTheSessionSharesTheRunAndItsArtifacts() throws IOException {
    LauncherConfig config =
        LauncherConfig.builder()
            .enableTestEngineAutoRegistration(false)
            .addTestEngines(engine())
            .build();
    try (LauncherSession session = LauncherFactory.openSession(config)) {
      for (String caseId : List.of("mysql_to_kafka__scd2", "kafka_to_kafka__scd2")) {
        session
            .getLauncher()
            .execute(
                LauncherDiscoveryRequestBuilder.request()
                    .selectors(selectMethod(SmallMatrix.class.getName(), caseId))
                    .build());
        assertThat(run.closed).hasValue(0);
      }
    }
    assertThat(run.created).hasValue(1);
    assertThat(run.closed).hasValue(1);
    assertThat(Files.readAllLines(artifacts().resolve("results.jsonl"))).hasSize(2);
    assertThat(Files.readString(artifacts().resolve("summary.json"))).contains("\"selected\" : 2,");
  }
}

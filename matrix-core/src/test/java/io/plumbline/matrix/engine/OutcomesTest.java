package io.plumbline.matrix.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.testkit.engine.EventConditions.abortedWithReason;
import static org.junit.platform.testkit.engine.EventConditions.event;
import static org.junit.platform.testkit.engine.EventConditions.finishedWithFailure;
import static org.junit.platform.testkit.engine.EventConditions.test;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.instanceOf;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.message;

import io.plumbline.matrix.connector.SystemFailureException;
import io.plumbline.matrix.engine.suites.SmallMatrix;
import io.plumbline.matrix.engine.suites.families.KafkaSmallMatrix;
import io.plumbline.matrix.mover.Mover;
import io.plumbline.matrix.mover.ReferenceMover;
import io.plumbline.matrix.oracle.Verdict;
import io.plumbline.matrix.registry.Family;
import io.plumbline.matrix.registry.InvalidInputException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/** What JUnit hears of a verdict. */
class OutcomesTest extends EngineOfASmallMatrix {

  @Test
  void passAndRejectedAsDeclaredAreSuccesses() {
    kit(selectClass(SmallMatrix.class))
        .execute()
        .testEvents()
        .assertStatistics(s -> s.started(18).succeeded(18).failed(0).aborted(0).skipped(0));
    assertThat(output()).contains("11 PASS, 0 FAIL, 0 UNKNOWN, 7 REJECTED_AS_DECLARED, 0 SKIPPED");
  }

  @Test
  void failIsAnAssertionFailureWithDifferenceAndRerunLine() {
    properties.put("matrix.rows", "77");
    runOne(c -> Results.of(c, Verdict.FAIL, "row_count: expected 10, actual 9", null))
        .testEvents()
        .assertThatEvents()
        .haveExactly(
            1,
            event(
                test("postgres_to_kafka__xmin"),
                finishedWithFailure(
                    instanceOf(AssertionFailedError.class),
                    message(
                        """
                        row_count: expected 10, actual 9
                        first difference: round change, key 7, column w001_smallint: expected 1, actual 2
                        rerun: mvn verify -Dmatrix.run-mode=mock_contract -Dmatrix.case=postgres_to_kafka__xmin -Dmatrix.seed=20260603 -Dmatrix.rows=77"""))));
  }

  @Test
  void unknownWithoutABrokenLabIsAnAssertionFailure() {
    runOne(c -> Results.of(c, Verdict.UNKNOWN, "content: nothing to look at", null))
        .testEvents()
        .assertThatEvents()
        .haveExactly(1, event(finishedWithFailure(instanceOf(AssertionFailedError.class))));
  }

  @Test
  void aFailingSystemIsAnErrorOfEachOfItsCasesByName() {
    run =
        new FakeRun(
            c ->
                c.id().source().id().equals("kafka")
                    ? Results.of(
                        c,
                        Verdict.UNKNOWN,
                        "kafka: did not start",
                        new SystemFailureException(new Family("kafka"), "did not start"))
                    : Results.good(c));
    EngineExecutionResults results = kit(selectClass(SmallMatrix.class)).execute();
    results.testEvents().assertStatistics(s -> s.started(18).succeeded(12).failed(6));
    results
        .testEvents()
        .failed()
        .assertThatEvents()
        .have(brokenLab(m -> m.startsWith("kafka: did not start\nrerun: mvn verify ")));
  }

  @Test
  void aSystemThatIsWronglyNamedIsAnErrorAndNoFailureOfTheProduct() {
    String sentence = "Address 'nowhere' is not that of a server; allowed is host:port.";
    runOne(c -> Results.of(c, Verdict.UNKNOWN, sentence, new InvalidInputException(sentence)))
        .testEvents()
        .failed()
        .assertThatEvents()
        .have(brokenLab(m -> m.startsWith(sentence)));
  }

  @Test
  void skippedIsAbortedWithItsReason() {
    EngineExecutionResults results =
        runOne(c -> Results.of(c, Verdict.SKIPPED, "documented contract only", null));
    results.testEvents().assertStatistics(s -> s.aborted(1).failed(0));
    results
        .testEvents()
        .aborted()
        .assertThatEvents()
        .haveExactly(
            1,
            event(
                abortedWithReason(
                    instanceOf(TestAbortedException.class), message("documented contract only"))));
    assertThat(output())
        .contains("  SKIPPED 1 of 1 cases: documented contract only\n  artifacts: ");
  }

  @Test
  void aBugOfTheHarnessIsNeverGreen() {
    runOne(
            c -> {
              throw new IllegalArgumentException("bug");
            })
        .testEvents()
        .assertThatEvents()
        .haveExactly(
            1,
            event(finishedWithFailure(message(m -> m.contains("IllegalArgumentException: bug")))));
    assertThat(artifacts().resolve("failed.txt")).hasContent("postgres_to_kafka__xmin");
  }

  @Test
  void aCaseOverItsTimeLimitIsAnErrorAndItsThreadsAreKept() throws IOException {
    properties.put("matrix.timeout.case", "200ms");
    CountDownLatch never = new CountDownLatch(1);
    runOne(
            c -> {
              never.await();
              return Results.good(c);
            })
        .testEvents()
        .assertThatEvents()
        .haveExactly(
            1,
            brokenLab(
                m ->
                    m.startsWith(
                        "postgres_to_kafka__xmin took longer than PT0.2S (matrix.timeout.case).")));
    assertThat(Files.readString(artifacts().resolve("postgres_to_kafka__xmin/thread-dump.txt")))
        .contains("\"plumbline-case-postgres_to_kafka__xmin\" WAITING")
        .contains("CountDownLatch.await");
    assertThat(Files.readString(artifacts().resolve("artifact_index.json")))
        .contains("postgres_to_kafka__xmin/thread-dump.txt");
  }

  @Test
  void aTimedOutCaseIsInterruptedAndTheOthersGoOn() {
    properties.put("matrix.timeout.case", "200ms");
    CountDownLatch never = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    run =
        new FakeRun(
            c -> {
              if (c.id().toString().equals("mysql_to_kafka__scd2")) {
                try {
                  never.await();
                } catch (InterruptedException e) {
                  interrupted.countDown();
                  throw e;
                }
              }
              return Results.good(c);
            });
    kit(selectClass(SmallMatrix.class))
        .execute()
        .testEvents()
        .assertStatistics(s -> s.succeeded(17).failed(1));
    assertThat(interrupted.getCount()).isZero();
  }

  @Test
  void aRunThatCannotBeMadeFailsEveryCaseByName() {
    aRunThatCannotBeMade(new IllegalStateException("no connectors"));
  }

  @Test
  void aServiceThatCannotBeLoadedFailsEveryCaseByName() {
    aRunThatCannotBeMade(new ServiceConfigurationError("Provider a.Connector not found"));
  }

  private void aRunThatCannotBeMade(Throwable why) {
    Map<String, String> all = Map.of("matrix.artifact-dir", artifacts().toString());
    PlumblineEngine engine =
        new PlumblineEngine(
            new Surroundings(
                all,
                Map.of(),
                new PrintStream(printed, true, StandardCharsets.UTF_8),
                (settings, matrix, progress) -> {
                  if (why instanceof Error error) {
                    throw error;
                  }
                  throw (RuntimeException) why;
                }));
    EngineTestKit.engine(engine)
        .selectors(selectClass(SmallMatrix.class))
        .execute()
        .testEvents()
        .assertStatistics(s -> s.started(18).failed(18))
        .assertThatEvents()
        .haveExactly(18, event(finishedWithFailure(message(String.valueOf(why.getMessage())))));
  }

  @Test
  void theMoverOfTheClassPathMovesElseTheReferenceMover() {
    Mover own = request -> {};
    assertThat(PlumblineEngine.theMover(List.of(own))).isSameAs(own);
    assertThat(PlumblineEngine.theMover(List.of())).isInstanceOf(ReferenceMover.class);
    assertThatThrownBy(() -> PlumblineEngine.theMover(List.of(own, new ReferenceMover())))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("The class path has the movers [")
        .hasMessageEndingWith("; allowed is one, or none for the reference mover.");
  }

  @Test
  void aCaseInTwoSuitesIsAnError() {
    kit(selectClass(SmallMatrix.class), selectClass(KafkaSmallMatrix.class))
        .execute()
        .testEvents()
        .assertThatEvents()
        .haveExactly(
            6, brokenLab(m -> m.endsWith("stands in more than one suite; allowed is one.")));
  }
}

package io.plumbline.connector.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.matrix.connector.Connector;
import io.plumbline.matrix.connector.EvidenceLevel;
import io.plumbline.matrix.connector.ExternalEndpoint;
import io.plumbline.matrix.lab.Deadline;
import io.plumbline.matrix.oracle.Verdict;
import io.plumbline.matrix.registry.MatrixCase;
import io.plumbline.matrix.registry.Strategy;
import io.plumbline.matrix.run.CaseResult;
import io.plumbline.matrix.run.StandardRun;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apiguardian.api.API;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A system that was there before the run: it is used, nothing stays in it, secrets stay secret. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public abstract class ExternalSystemContract {
  /** The password, or a part of each wrong one; no message may hold it. */
  protected static final String PASSWORD = "canary-of-a-password";

  private static final long ROWS = 500;
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Connector connector;
  private final OwnPair pair;
  @TempDir private Path artifacts = Path.of("");

  /** Tests of a family. */
  protected ExternalSystemContract(Connector connector, Set<Strategy> strategies) {
    this.connector = connector;
    this.pair = new OwnPair(connector, strategies);
  }

  /** The system as the run is told of it. */
  protected abstract ExternalEndpoint endpoint();

  /** Endpoints that cannot be used. */
  protected abstract List<Unusable> unusable();

  /** What somebody else would find on the system. */
  protected abstract List<String> everything();

  /** What a run on the system may claim; external until overridden. */
  protected EvidenceLevel evidence() {
    return EvidenceLevel.EXTERNAL;
  }

  /** Looks at a run that has moved something; nothing until overridden. */
  protected void assertRun(StandardRun run) {}

  /**
   * An endpoint that cannot be used.
   *
   * @param says what the reason contains
   */
  public record Unusable(ExternalEndpoint endpoint, List<String> says) {}

  @Test
  final void runsCasesAndKeepsNothingOfThem() {
    List<String> before = everything();
    try (StandardRun run = pair.run(ROWS, artifacts, endpoint())) {
      for (MatrixCase one : pair.cases()) {
        CaseResult result = run.run(one);
        assertThat(result.reason()).doesNotContain(PASSWORD);
        assertThat(result.verdict()).as(result.reason()).isEqualTo(Verdict.PASS);
        assertThat(result.contract().orElseThrow().level()).isEqualTo(evidence());
      }
      assertRun(run);
    }
    // What a system was told to remove, others may still see for a moment.
    Deadline.in(PATIENCE).await(() -> everything().equals(before));
    assertThat(everything()).isEqualTo(before);
  }

  /** As when somebody presses Ctrl-C. */
  @Test
  final void aRunThatIsStoppedInTheMiddleOfALoadKeepsNothing() throws InterruptedException {
    List<String> before = everything();
    CountDownLatch loading = new CountDownLatch(1);
    Mishap mishap =
        new Mishap(
            Mishap.Moment.LOAD,
            () -> {
              loading.countDown();
              Deadline.in(PATIENCE).await(() -> false);
            });
    StandardRun run = pair.run(ROWS, artifacts, endpoint());
    AtomicReference<Throwable> thrown = new AtomicReference<>(new CancellationException());
    Thread working = new Thread(() -> pair.cases().forEach(each -> run.run(each, mishap.mover())));
    working.setUncaughtExceptionHandler((thread, failure) -> thrown.set(failure));
    working.start();
    assertThat(loading.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(everything()).isNotEqualTo(before);
    run.close();
    working.join(TimeUnit.SECONDS.toMillis(1));
    assertThat(working.isAlive()).as("it was told to stop").isFalse();
    assertThat(thrown.get())
        .as("who is told to stop blames nobody")
        .isInstanceOf(CancellationException.class);
    Deadline.in(PATIENCE).await(() -> everything().equals(before));
    assertThat(everything()).isEqualTo(before);
  }

  @Test
  final void whatCannotBeUsedIsABrokenLabThatSaysSoAndShowsThePasswordToNobody() {
    assertThat(unusable()).isNotEmpty();
    for (Unusable unusable : unusable()) {
      try (StandardRun run = pair.run(ROWS, artifacts, unusable.endpoint())) {
        CaseResult result = run.run(pair.cases().get(0));
        assertThat(result.verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(result.reason())
            .startsWith(connector.family() + ": ")
            .contains(unusable.says())
            .doesNotContain("canary");
      }
    }
  }
}

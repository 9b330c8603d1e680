package io.plumbline.connector.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DefinitionsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Set<Thread.State> WAITS =
      EnumSet.of(Thread.State.WAITING, Thread.State.TIMED_WAITING);

  private final Definitions inTurn = Definitions.inTurn();

  @ParameterizedTest
  @ValueSource(
      strings = {"CREATE TABLE t (x int)", "\n  drop schema s", "ALTER TABLE t RENAME TO u"})
  void onlyWhereSessionsTakeTurnsADefinitionNeedsOne(String sql) {
    assertThat(inTurn.needTurnFor(sql)).isTrue();
    assertThat(Definitions.together().needTurnFor(sql)).isFalse();
    assertThat(inTurn.needTurnFor("INSERT INTO t SELECT 'DROP TABLE t'")).isFalse();
  }

  @Test
  void whoWaitsForItsTurnCanBeInterrupted()
      throws InterruptedException, ExecutionException, TimeoutException {
    inTurn.begin("the first");
    CompletableFuture<Throwable> ended = new CompletableFuture<>();
    Thread second =
        new Thread(
            () -> {
              try {
                inTurn.begin("the second");
                ended.complete(new AssertionError("It did not wait."));
              } catch (CancellationException e) {
                ended.complete(e);
              }
            });
    second.setDaemon(true);
    second.start();
    try {
      await().atMost(PATIENCE).until(() -> WAITS.contains(second.getState()) || ended.isDone());
      second.interrupt();
      assertThat(ended.get(PATIENCE.toSeconds(), TimeUnit.SECONDS))
          .isInstanceOf(CancellationException.class);
    } finally {
      inTurn.end();
    }
  }

  @Test
  void aThreadThatWasInterruptedBeforeMayTidyUp() {
    Thread.currentThread().interrupt();
    inTurn.begin("who tidies up");
    assertThat(Thread.interrupted()).isTrue();
    inTurn.end();
  }
}

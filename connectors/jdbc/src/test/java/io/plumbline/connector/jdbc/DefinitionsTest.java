package io.plumbline.connector.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DefinitionsTest {
  private static final int PATIENCE_SECONDS = 10;
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
    second.start();
    while (second.getState() != Thread.State.TIMED_WAITING && !ended.isDone()) {
      Thread.onSpinWait();
    }
    second.interrupt();
    assertThat(ended.get(PATIENCE_SECONDS, TimeUnit.SECONDS))
        .isInstanceOf(CancellationException.class);
    inTurn.end();
  }

  @Test
  void aThreadThatWasInterruptedBeforeMayTidyUp() {
    Thread.currentThread().interrupt();
    inTurn.begin("who tidies up");
    assertThat(Thread.interrupted()).isTrue();
    inTurn.end();
  }
}

package io.plumbline.matrix.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.matrix.connector.CaseScope;
import io.plumbline.matrix.connector.RunningSystem;
import io.plumbline.matrix.connector.Sink;
import io.plumbline.matrix.connector.Source;
import io.plumbline.matrix.connector.SystemInfo;
import io.plumbline.matrix.dataset.Volume;
import io.plumbline.matrix.memory.MemorySystem;
import io.plumbline.matrix.mover.Mover;
import io.plumbline.matrix.mover.Phase;
import io.plumbline.matrix.mover.ReferenceMover;
import io.plumbline.matrix.oracle.Verdict;
import io.plumbline.matrix.registry.Matrix;
import io.plumbline.matrix.registry.RunMode;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Phases that take longer than they may. */
class PhaseLimitTest {
  private static final Matrix CUBE = StandardRunTest.cube();

  private static RunSettings settings(RunMode mode) {
    return new RunSettings(
        mode,
        new Volume(10, BigDecimal.ZERO, BigDecimal.ZERO, 0, 7),
        Path.of("target/unused"),
        1,
        Duration.ofMinutes(5),
        Duration.ofMillis(200));
  }

  /** Blocks while it reads in one of its moves until it is interrupted. */
  private static Mover blocking(int move, boolean obedient) {
    AtomicInteger moves = new AtomicInteger();
    return request -> {
      if (moves.incrementAndGet() < move) {
        new ReferenceMover().move(request);
        return;
      }
      request.ledger().begin("orders", Phase.EXTRACT);
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        if (obedient) {
          throw new IllegalStateException("interrupted", e);
        }
      }
    };
  }

  /** In its first move, and in the last, in which a failure is what is asked for. */
  @ParameterizedTest
  @CsvSource({"1, true", "1, false", "4, true", "4, false"})
  void aPhaseThatTakesTooLongSaysNothingAboutTheProduct(int move, boolean obedient) {
    try (StandardRun run =
        new StandardRun(settings(RunMode.MOCK_CONTRACT), CUBE, PlainConnector.ofTheCube())) {
      CaseResult result =
          run.run(
              CUBE.find("mssql_to_clickhouse__full_refresh").orElseThrow(),
              blocking(move, obedient));
      assertThat(result.verdict()).isEqualTo(Verdict.UNKNOWN);
      assertThat(result.failure()).isInstanceOf(PhaseTimeoutException.class);
      assertThat(result.reason())
          .isEqualTo("Phase 'orders extract' took longer than PT0.2S (matrix.timeout.phase).");
      assertThat(result.rounds()).hasSize(move);
    }
    assertThat(Thread.interrupted()).isFalse();
  }

  /** A system whose sink cannot be closed the first time. */
  private record Sticking(RunningSystem system, AtomicInteger closed) implements RunningSystem {
    @Override
    public SystemInfo info() {
      return system.info();
    }

    @Override
    public Source openSource(CaseScope scope) {
      return system.openSource(scope);
    }

    @Override
    public Sink openSink(CaseScope scope) {
      Sink sink = system.openSink(scope);
      return Sink.of(
          sink.writer(),
          sink.inspector(),
          () -> {
            sink.close();
            if (closed.incrementAndGet() == 1) {
              throw new IllegalStateException("It is locked.");
            }
          });
    }

    @Override
    public void close() {
      system.close();
    }
  }

  @Test
  void whatCannotBeRemovedAfterATimeLimitHidesNotTheReasonAndIsTriedAgain() {
    AtomicInteger closed = new AtomicInteger();
    try (StandardRun run =
        new StandardRun(
            settings(RunMode.MOCK_LOCAL),
            CUBE,
            OneRow.connectors(c -> new Sticking(new MemorySystem(c), closed)))) {
      CaseResult result =
          run.run(CUBE.find("mssql_to_clickhouse__full_refresh").orElseThrow(), blocking(1, true));
      assertThat(result.reason()).contains("(matrix.timeout.phase)");
      assertThat(result.failure())
          .hasSuppressedException(new IllegalStateException("It is locked."));
      assertThat(closed).hasValue(1);
    }
    assertThat(closed).hasValue(2);
  }
}

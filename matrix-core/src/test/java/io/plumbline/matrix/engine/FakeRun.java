package io.plumbline.matrix.engine;

import io.plumbline.matrix.connector.SystemInfo;
import io.plumbline.matrix.registry.Family;
import io.plumbline.matrix.registry.Matrix;
import io.plumbline.matrix.registry.MatrixCase;
import io.plumbline.matrix.run.CaseResult;
import io.plumbline.matrix.run.MatrixRun;
import io.plumbline.matrix.run.Progress;
import io.plumbline.matrix.run.RunSettings;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** A run whose results a test decides; counts what the engine does with it. */
final class FakeRun implements RunFactory, MatrixRun {
  /** Decides a case; may throw what a harness bug throws. */
  @FunctionalInterface
  interface Decision {
    CaseResult of(MatrixCase matrixCase) throws InterruptedException;
  }

  private final Decision decision;
  final AtomicInteger created = new AtomicInteger();
  final AtomicInteger closed = new AtomicInteger();
  final AtomicInteger mostAtOnce = new AtomicInteger();
  final Queue<String> ran = new ConcurrentLinkedQueue<>();
  Runnable whenClosed = () -> {};
  Function<MatrixCase, CompletableFuture<?>> settled =
      matrixCase -> CompletableFuture.completedFuture(null);
  private final AtomicInteger now = new AtomicInteger();

  FakeRun(Decision decision) {
    this.decision = decision;
  }

  @Override
  public MatrixRun create(RunSettings settings, Matrix matrix, Progress progress) {
    created.incrementAndGet();
    return this;
  }

  @Override
  public CompletableFuture<?> settled(MatrixCase matrixCase) {
    return settled.apply(matrixCase);
  }

  @Override
  public CaseResult run(MatrixCase matrixCase) {
    mostAtOnce.accumulateAndGet(now.incrementAndGet(), Math::max);
    ran.add(matrixCase.id().toString());
    try {
      return decision.of(matrixCase);
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted", e);
    } finally {
      now.decrementAndGet();
    }
  }

  @Override
  public Optional<String> mover() {
    return Optional.of("a.Mover");
  }

  @Override
  public List<SystemInfo> systems() {
    return List.of(Results.info(new Family("postgres")), Results.info(new Family("kafka")));
  }

  @Override
  public void close() {
    closed.incrementAndGet();
    whenClosed.run();
  }
}

package io.plumbline.containers;

import io.plumbline.matrix.lab.Deadline;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.testcontainers.containers.ContainerLaunchException;
import org.testcontainers.containers.wait.strategy.WaitStrategy;
import org.testcontainers.containers.wait.strategy.WaitStrategyTarget;

/**
 * Waits as another strategy does, but no longer for a container that has ended. The other one ends
 * by itself when its container is gone; interrupting it would break a connection to the engine that
 * others use after it.
 */
final class WhileRunning implements WaitStrategy {
  private static final Duration GLANCE = Duration.ofMillis(250);

  private final WaitStrategy strategy;

  WhileRunning(WaitStrategy strategy) {
    this.strategy = strategy;
  }

  @Override
  public void waitUntilReady(WaitStrategyTarget container) {
    CompletableFuture<Void> ready = new CompletableFuture<>();
    Thread waiting = new Thread(() -> complete(ready, container), "plumbline-container-ready");
    waiting.setDaemon(true);
    waiting.start();
    try {
      await(ready, container);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ContainerLaunchException("Nobody waits for it any longer", e);
    }
  }

  private void complete(CompletableFuture<Void> ready, WaitStrategyTarget container) {
    try {
      strategy.waitUntilReady(container);
      ready.complete(null);
    } catch (RuntimeException e) {
      ready.completeExceptionally(e);
    }
  }

  private static void await(CompletableFuture<Void> ready, WaitStrategyTarget container)
      throws InterruptedException {
    do {
      try {
        ready.get(GLANCE.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        // Looked at below.
      } catch (ExecutionException e) {
        throw new ContainerLaunchException("It was not ready in time", e);
      }
      requireRunning(container.isRunning());
    } while (!ready.isDone());
    // To some strategies one that is ending is ready, and the engine says a moment later that it
    // is.
    requireRunning(!Deadline.in(GLANCE).await(() -> !container.isRunning()));
  }

  private static void requireRunning(boolean running) {
    if (!running) {
      throw new ContainerLaunchException("It ended before it was ready");
    }
  }

  @Override
  public WaitStrategy withStartupTimeout(Duration timeout) {
    strategy.withStartupTimeout(timeout);
    return this;
  }
}

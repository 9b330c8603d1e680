package io.plumbline.containers;

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
  private static final long GLANCE_MILLIS = 250;

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
        ready.get(GLANCE_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        // Looked at below.
      } catch (ExecutionException e) {
        throw new ContainerLaunchException("It was not ready in time", e);
      }
      // Also at the end: to some strategies a port of a container that has ended is open.
      if (!container.isRunning()) {
        throw new ContainerLaunchException("It ended before it was ready");
      }
    } while (!ready.isDone());
  }

  @Override
  public WaitStrategy withStartupTimeout(Duration timeout) {
    strategy.withStartupTimeout(timeout);
    return this;
  }
}

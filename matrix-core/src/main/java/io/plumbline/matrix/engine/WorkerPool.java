package io.plumbline.matrix.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.support.hierarchical.HierarchicalTestExecutorService;
import org.junit.platform.engine.support.hierarchical.Node.ExecutionMode;
import org.junit.platform.engine.support.hierarchical.ResourceLock;

/**
 * Runs cases on a fixed number of threads, and everything else in the thread that asks. The
 * platform's fork-join pool starts more threads than it is told when cases block (junit#3108).
 */
final class WorkerPool implements HierarchicalTestExecutorService {
  private final ExecutorService workers;

  WorkerPool(int parallelism) {
    AtomicInteger number = new AtomicInteger();
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    this.workers =
        Executors.newFixedThreadPool(
            parallelism,
            work -> {
              Thread thread = new Thread(work, "plumbline-" + number.incrementAndGet());
              thread.setDaemon(true);
              thread.setContextClassLoader(loader);
              return thread;
            });
  }

  @Override
  public Future<@Nullable Void> submit(TestTask task) {
    CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
    try {
      execute(task);
      done.complete(null);
    } catch (RuntimeException e) {
      done.completeExceptionally(e);
    }
    return done;
  }

  @Override
  public void invokeAll(List<? extends TestTask> tasks) {
    List<Future<?>> running = new ArrayList<>();
    for (TestTask task : tasks) {
      if (task.getExecutionMode() == ExecutionMode.CONCURRENT) {
        running.add(workers.submit(() -> execute(task)));
      }
    }
    for (TestTask task : tasks) {
      if (task.getExecutionMode() == ExecutionMode.SAME_THREAD) {
        execute(task);
      }
    }
    running.forEach(WorkerPool::await);
  }

  @SuppressWarnings("try") // the lock is held, not used
  private static void execute(TestTask task) {
    try (ResourceLock lock = task.getResourceLock().acquire()) {
      task.execute();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void await(Future<?> task) {
    try {
      task.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new IllegalStateException("A case reports its own failures; this is none.", e);
    }
  }

  @Override
  public void close() {
    workers.shutdownNow();
  }
}

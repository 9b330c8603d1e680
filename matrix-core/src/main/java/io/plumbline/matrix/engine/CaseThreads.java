package io.plumbline.matrix.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.support.hierarchical.HierarchicalTestExecutorService;
import org.junit.platform.engine.support.hierarchical.Node.ExecutionMode;
import org.junit.platform.engine.support.hierarchical.ResourceLock;

/**
 * Runs cases in their order, each in a thread of its own and so many at once as there are places,
 * and everything else in the thread that asks. The platform's fork-join pool runs more cases at
 * once than it is told when cases block (junit#3108).
 */
final class CaseThreads implements HierarchicalTestExecutorService {
  private final Semaphore places;
  private final @Nullable ClassLoader loader = Thread.currentThread().getContextClassLoader();

  CaseThreads(int places) {
    this.places = new Semaphore(places, true);
  }

  /** A thread that has a place. */
  private static final class CaseThread extends Thread {
    private final Semaphore places;

    CaseThread(Runnable work, Semaphore places) {
      super(work, "plumbline-worker");
      this.places = places;
    }

    @Override
    public void run() {
      try {
        super.run();
      } finally {
        places.release();
      }
    }
  }

  /**
   * Waits until something is over, however it ended, or the time is; another case has the place of
   * the one that waits.
   */
  static void await(Future<?> something, Duration most) throws InterruptedException {
    if (something.isDone() || !(Thread.currentThread() instanceof CaseThread thread)) {
      return;
    }
    thread.places.release();
    try {
      something.get(most.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException | TimeoutException e) {
      return;
    } finally {
      thread.places.acquireUninterruptibly();
    }
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
        running.add(start(task));
      } else {
        execute(task);
      }
    }
    running.forEach(CaseThreads::join);
  }

  private Future<?> start(TestTask task) {
    FutureTask<@Nullable Void> work = new FutureTask<>(() -> execute(task), null);
    places.acquireUninterruptibly();
    Thread thread = new CaseThread(work, places);
    thread.setDaemon(true);
    thread.setContextClassLoader(loader);
    thread.start();
    return work;
  }

  @SuppressWarnings("try") // the lock is held, not used
  private static void execute(TestTask task) {
    try (ResourceLock lock = task.getResourceLock().acquire()) {
      task.execute();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void join(Future<?> task) {
    try {
      task.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new IllegalStateException("A case reports its own failures; this is none.", e);
    }
  }

  /** Whoever asked has waited for every case. */
  @Override
  public void close() {}
}

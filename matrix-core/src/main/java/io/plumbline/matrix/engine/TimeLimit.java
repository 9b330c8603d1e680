package io.plumbline.matrix.engine;

import io.plumbline.matrix.registry.CaseId;
import io.plumbline.matrix.run.CaseResult;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Bounds how long a case may take; the hierarchical engine has no such bound.
 *
 * @param limit the most a case may take
 * @param grace how long an interrupted case may take to clean up before it is abandoned
 */
record TimeLimit(Duration limit, Duration grace) {

  /**
   * Runs a case in a thread of its own.
   *
   * @param dumps gets all threads' stacks before the case is interrupted
   * @throws TimeoutException when the case was still running at the limit
   * @throws ExecutionException when the case threw
   */
  CaseResult call(CaseId id, Callable<CaseResult> work, Consumer<String> dumps)
      throws InterruptedException, ExecutionException, TimeoutException {
    FutureTask<CaseResult> task = new FutureTask<>(work);
    Thread thread = new Thread(task, "plumbline-case-" + id);
    thread.setDaemon(true);
    thread.start();
    try {
      return task.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      dumps.accept(ThreadDump.take());
      stop(thread);
      TimeoutException timeout =
          new TimeoutException(
              "%s took longer than %s (matrix.timeout.case).".formatted(id, limit));
      timeout.initCause(e);
      throw timeout;
    } catch (InterruptedException e) {
      stop(thread);
      throw e;
    }
  }

  private void stop(Thread thread) throws InterruptedException {
    thread.interrupt();
    thread.join(grace.toMillis());
  }
}

package io.plumbline.connector.bigquery.service;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The jobs of a project, by their ids. Whoever asks for one is told at once that it is pending. */
final class Jobs implements AutoCloseable {
  private final ExecutorService running = Executors.newCachedThreadPool(Jobs::thread);
  private final Map<String, Future<Warehouse.Result>> jobs = new ConcurrentHashMap<>();

  private static Thread thread(Runnable job) {
    Thread thread = new Thread(job, "bigquery-service-job");
    thread.setDaemon(true);
    return thread;
  }

  synchronized void begin(String id, Callable<Warehouse.Result> work) throws Refused {
    if (jobs.containsKey(id)) {
      throw Refused.duplicate("Job " + id);
    }
    jobs.put(id, running.submit(work));
  }

  List<String> ids() {
    return new ArrayList<>(jobs.keySet());
  }

  /** Waits a while. */
  boolean done(String id, Duration most) throws Refused {
    try {
      known(id).get(most.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (ExecutionException | CancellationException e) {
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** The result of a job that is done. */
  Warehouse.Result result(String id) throws Refused {
    try {
      return known(id).get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Refused refused) {
        throw refused;
      }
      throw new Refused(400, "internalError", String.valueOf(e.getCause()));
    } catch (CancellationException e) {
      throw new Refused(400, "stopped", "Job execution was cancelled: User requested cancellation");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Refused(400, "stopped", "The server is being stopped");
    }
  }

  void cancel(String id) throws Refused {
    known(id).cancel(true);
  }

  private Future<Warehouse.Result> known(String id) throws Refused {
    Future<Warehouse.Result> job = jobs.get(id);
    if (job == null) {
      throw Refused.notFound("Job " + id);
    }
    return job;
  }

  /** A job's error; null while there is none. */
  @Nullable Refused error(String id) throws Refused {
    if (!known(id).isDone()) {
      return null;
    }
    try {
      result(id);
      return null;
    } catch (Refused e) {
      return e;
    }
  }

  @Override
  public void close() {
    running.shutdownNow();
  }
}

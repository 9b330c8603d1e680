package io.plumbline.connector.jdbc;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apiguardian.api.API;

/**
 * Ends the statements of interrupted threads: a thread that waits for a server does not notice by
 * itself.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class InterruptWatch implements AutoCloseable {
  private static final long LOOK_MILLIS = Duration.ofMillis(100).toMillis();

  private record Watched(Thread owner, Runnable cancel) {}

  private final Map<Object, Watched> sessions = new ConcurrentHashMap<>();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "plumbline-jdbc-interrupts");
            thread.setDaemon(true);
            return thread;
          });

  private final Future<?> looking =
      timer.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);

  /** Watches from now on. */
  public InterruptWatch() {}

  /**
   * Watches a session.
   *
   * @param cancel ends the statement that it waits for, if any; called by another thread
   */
  public void add(Object session, Thread owner, Runnable cancel) {
    sessions.put(session, new Watched(owner, cancel));
  }

  /** A session was closed. */
  public void remove(Object session) {
    sessions.remove(session);
  }

  private void look() {
    sessions
        .values()
        .forEach(
            watched -> {
              if (watched.owner().isInterrupted()) {
                watched.cancel().run();
              }
            });
  }

  @Override
  public void close() {
    looking.cancel(true);
    timer.shutdownNow();
  }
}

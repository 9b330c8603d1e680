package io.plumbline.connector.jdbc;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Ends the statements of interrupted threads: a thread that waits for a server does not notice by
 * itself.
 */
final class InterruptWatch implements AutoCloseable {
  private static final long LOOK_MILLIS = Duration.ofMillis(100).toMillis();

  private final Map<Session, Thread> owners = new ConcurrentHashMap<>();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "plumbline-jdbc-interrupts");
            thread.setDaemon(true);
            return thread;
          });

  private final Future<?> looking =
      timer.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);

  void add(Session session, Thread owner) {
    owners.put(session, owner);
  }

  void remove(Session session) {
    owners.remove(session);
  }

  private void look() {
    owners.forEach(
        (session, owner) -> {
          if (owner.isInterrupted()) {
            session.cancel();
          }
        });
  }

  @Override
  public void close() {
    looking.cancel(true);
    timer.shutdownNow();
  }
}

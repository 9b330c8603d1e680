package io.plumbline.connector.mssql.tds;

import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** Lets the thread that reads from a client stop the statement of the thread that answers it. */
final class Interrupt {
  private @Nullable Statement running;
  private @Nullable Thread runner;
  private boolean requested;

  synchronized void begin(Statement statement) throws SQLException {
    if (requested) {
      throw new SQLException("cancelled before it started", "57014");
    }
    running = statement;
    runner = Thread.currentThread();
  }

  synchronized void end() {
    running = null;
    runner = null;
    Thread.interrupted();
    notifyAll();
  }

  synchronized boolean requested() {
    return requested;
  }

  synchronized void acknowledge() {
    requested = false;
  }

  /** Returns when no statement runs; it asks again, as a backend may ask only what has started. */
  synchronized void request() {
    requested = true;
    try {
      while (running != null && runner != null) {
        cancel(running);
        // A backend in this JVM may wait for a lock in the thread itself.
        runner.interrupt();
        wait(20);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void cancel(Statement statement) {
    try {
      statement.cancel();
    } catch (SQLException e) {
      // It ended meanwhile, or its connection did.
    }
  }
}

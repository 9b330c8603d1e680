package io.plumbline.connector.kafka;

/** Clients refuse to be closed by a thread that was interrupted, and would stay open. */
final class Interruption {
  private Interruption() {}

  /** Runs an ending undisturbed; an interruption is back afterwards. */
  static void deferred(Runnable ending) {
    boolean interrupted = Thread.interrupted();
    try {
      ending.run();
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}

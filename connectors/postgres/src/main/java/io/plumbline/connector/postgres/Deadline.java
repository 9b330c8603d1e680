package io.plumbline.connector.postgres;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** The time until which something must have happened. */
final class Deadline {
  private static final long POLL_NANOS = Duration.ofMillis(5).toNanos();

  private final long end;

  private Deadline(long end) {
    this.end = end;
  }

  static Deadline in(Duration duration) {
    return new Deadline(System.nanoTime() + duration.toNanos());
  }

  boolean passed() {
    return System.nanoTime() - end >= 0;
  }

  /** Polls until the condition holds; false when the deadline passed first. */
  boolean await(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      if (passed() || Thread.currentThread().isInterrupted()) {
        return false;
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
    return true;
  }
}

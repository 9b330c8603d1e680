package io.plumbline.connector.kafka;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

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

  /** A moment between two looks. */
  static void pause() {
    LockSupport.parkNanos(POLL_NANOS);
  }
}

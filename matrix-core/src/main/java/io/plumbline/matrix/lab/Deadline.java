package io.plumbline.matrix.lab;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apiguardian.api.API;

/** The time until which something must have happened in a system that tells nobody when it has. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class Deadline {
  private static final long POLL_NANOS = Duration.ofMillis(5).toNanos();

  private final long end;

  private Deadline(long end) {
    this.end = end;
  }

  /** A while from now. */
  public static Deadline in(Duration duration) {
    return new Deadline(System.nanoTime() + duration.toNanos());
  }

  /** True when the time is over. */
  public boolean passed() {
    return System.nanoTime() - end >= 0;
  }

  /**
   * Looks again and again until a condition holds.
   *
   * @return false when the time was over first, or the thread was interrupted
   */
  public boolean await(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      if (passed() || Thread.currentThread().isInterrupted()) {
        return false;
      }
      pause();
    }
    return true;
  }

  /** A moment between two looks. */
  public static void pause() {
    LockSupport.parkNanos(POLL_NANOS);
  }
}

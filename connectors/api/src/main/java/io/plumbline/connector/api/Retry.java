package io.plumbline.connector.api;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * When and for how long a request is tried again: pauses that double, unless the server names one,
 * until the deadline.
 *
 * @param nanoTime a clock that only goes forward
 * @param sleeper waits
 * @param first the first pause
 * @param longest no pause is longer, unless the server asks for it
 * @param deadline from the first attempt on
 */
record Retry(
    LongSupplier nanoTime, Sleeper sleeper, Duration first, Duration longest, Duration deadline) {

  /** Waits. */
  @FunctionalInterface
  interface Sleeper {
    void sleep(Duration pause) throws InterruptedException;
  }

  /** By the clock of the machine. */
  static Retry standard() {
    return new Retry(
        System::nanoTime,
        // The one wait without a condition: a server that is overloaded must be left alone.
        pause -> Thread.sleep(pause.toMillis()),
        Duration.ofMillis(50),
        Duration.ofSeconds(5),
        Duration.ofSeconds(60));
  }

  /** The attempts of one request. */
  Attempts begin() {
    return new Attempts(nanoTime.getAsLong());
  }

  /** Counts the attempts of one request. */
  final class Attempts {
    private final long begin;
    private Duration next = first;
    private int made = 1;

    private Attempts(long begin) {
      this.begin = begin;
    }

    int made() {
      return made;
    }

    /**
     * Waits for the next attempt.
     *
     * @param asked the pause that the server asks for; zero when it does not say
     * @return false when the deadline would pass before it
     */
    boolean again(Duration asked) throws InterruptedException {
      Duration pause = asked.compareTo(next) > 0 ? asked : next;
      Duration elapsed = Duration.ofNanos(nanoTime.getAsLong() - begin);
      if (elapsed.plus(pause).compareTo(deadline) > 0) {
        return false;
      }
      sleeper.sleep(pause);
      Duration doubled = next.multipliedBy(2);
      next = doubled.compareTo(longest) < 0 ? doubled : longest;
      made++;
      return true;
    }
  }
}

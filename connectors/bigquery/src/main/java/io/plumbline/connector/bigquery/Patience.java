package io.plumbline.connector.bigquery;

import io.plumbline.matrix.lab.Deadline;
import java.time.Duration;

/** Pauses that double, and end with the interrupt of whoever waits. Not thread-safe. */
final class Patience {
  private static final Duration FIRST = Duration.ofMillis(50);
  private static final Duration LONGEST = Duration.ofSeconds(2);

  private Duration next = FIRST;
  private int pauses;

  /** How often there was one. */
  int pauses() {
    return pauses;
  }

  void pause() {
    Deadline.in(next).await(() -> false);
    pauses++;
    Duration doubled = next.multipliedBy(2);
    next = doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
  }
}

package io.plumbline.matrix.run;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ScheduledExecutorService;

/**
 * How the time of a run's cases is told and limited, and who hears of it.
 *
 * @param timer ends phases that take longer than the limit
 * @param phaseTimeout the limit
 */
record CaseWatch(
    InstantSource clock, ScheduledExecutorService timer, Duration phaseTimeout, Progress progress) {

  long millis() {
    return clock.millis();
  }

  /** The deadline of the phases that the calling thread runs. */
  PhaseDeadline deadline() {
    return new PhaseDeadline(timer, phaseTimeout);
  }
}

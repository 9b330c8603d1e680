package io.plumbline.matrix.run;

import io.plumbline.matrix.mover.PhaseLedger;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Interrupts the thread of a case when one of its phases takes too long. */
final class PhaseDeadline implements AutoCloseable {
  private final ScheduledExecutorService timer;
  private final Duration limit;
  private final Thread worker = Thread.currentThread();
  private final Map<String, ScheduledFuture<?>> running = new ConcurrentHashMap<>();
  private volatile String exceeded = "";

  PhaseDeadline(ScheduledExecutorService timer, Duration limit) {
    this.timer = timer;
    this.limit = limit;
  }

  /** Takes a phase's begin or end. */
  void accept(PhaseLedger.Entry entry) {
    String name = entry.unit() + " " + entry.phase().id();
    if (entry.end() == null) {
      running.put(
          name, timer.schedule(() -> expire(name), limit.toMillis(), TimeUnit.MILLISECONDS));
    } else {
      cancel(running.remove(name));
    }
  }

  private void expire(String name) {
    exceeded = name;
    worker.interrupt();
  }

  /** The phase that took too long; empty when none did. */
  String exceeded() {
    return exceeded;
  }

  private static void cancel(@org.jspecify.annotations.Nullable ScheduledFuture<?> timeout) {
    if (timeout != null) {
      timeout.cancel(false);
    }
  }

  @Override
  public void close() {
    running.values().forEach(PhaseDeadline::cancel);
    if (!exceeded().isEmpty()) {
      // The interrupt was meant for the phase, not for what the thread does next.
      Thread.interrupted();
    }
  }
}

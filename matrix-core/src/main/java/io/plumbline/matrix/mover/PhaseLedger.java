package io.plumbline.matrix.mover;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Records the phases of a round and refuses any order but extract → load → reconcile →
 * state_commit.
 *
 * <p>Extract and load stream: load may begin while extract is still reading, but phases begin in
 * order and end in order, and reconcile begins only when load has ended. A round has one unit of
 * work, or several that follow each other (the chunks of a backfill).
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class PhaseLedger {

  /**
   * A finished or failed phase.
   *
   * @param unit the unit of work, e.g. {@code load} or a chunk's date
   * @param end null when the phase did not end
   * @param checksum hexadecimal sum of row checksums, empty where the phase has none
   */
  public record Entry(
      String unit,
      Phase phase,
      Instant start,
      @Nullable Instant end,
      long rows,
      long bytes,
      String checksum) {}

  private static final List<Phase> ORDER = List.of(Phase.values());

  private final InstantSource clock;
  private final Consumer<Entry> listener;
  private final List<Entry> entries = new ArrayList<>();

  /**
   * An empty ledger.
   *
   * @param listener is told when a phase begins (end is null) and when it ends
   */
  public PhaseLedger(InstantSource clock, Consumer<Entry> listener) {
    this.clock = clock;
    this.listener = listener;
  }

  /**
   * A phase of a unit begins.
   *
   * @throws IllegalStateException when it is not this phase's turn
   */
  public synchronized void begin(String unit, Phase phase) {
    List<Phase> begun = phasesOf(unit);
    boolean due = begun.size() < ORDER.size() && ORDER.get(begun.size()) == phase;
    boolean unitOpen =
        !entries.isEmpty() && !last().unit().equals(unit) && !complete(last().unit());
    boolean earlierRunning =
        phase.compareTo(Phase.LOAD) > 0
            && entries.stream().anyMatch(e -> e.unit().equals(unit) && e.end() == null);
    if (!due || unitOpen || earlierRunning) {
      throw new IllegalStateException(
          "Phase %s of '%s' cannot begin now; begun so far: %s."
              .formatted(phase.id(), unit, entries.stream().map(PhaseLedger::label).toList()));
    }
    Entry entry = new Entry(unit, phase, clock.instant(), null, 0, 0, "");
    entries.add(entry);
    listener.accept(entry);
  }

  /**
   * A phase of a unit ends.
   *
   * @throws IllegalStateException when it has not begun, or an earlier phase of the unit still runs
   */
  public synchronized void end(String unit, Phase phase, long rows, long bytes, String checksum) {
    for (int i = 0; i < entries.size(); i++) {
      Entry entry = entries.get(i);
      if (!entry.unit().equals(unit) || entry.end() != null) {
        continue;
      }
      if (entry.phase() != phase) {
        break;
      }
      Entry ended = new Entry(unit, phase, entry.start(), clock.instant(), rows, bytes, checksum);
      entries.set(i, ended);
      listener.accept(ended);
      return;
    }
    throw new IllegalStateException(
        "Phase %s of '%s' cannot end now; begun so far: %s."
            .formatted(phase.id(), unit, entries.stream().map(PhaseLedger::label).toList()));
  }

  /** What was recorded so far, in order of begin. */
  public synchronized List<Entry> entries() {
    return List.copyOf(entries);
  }

  private Entry last() {
    return entries.get(entries.size() - 1);
  }

  private List<Phase> phasesOf(String unit) {
    return entries.stream().filter(e -> e.unit().equals(unit)).map(Entry::phase).toList();
  }

  private boolean complete(String unit) {
    return entries.stream()
        .anyMatch(e -> e.unit().equals(unit) && e.phase() == Phase.STATE_COMMIT && e.end() != null);
  }

  private static String label(Entry entry) {
    return entry.unit() + ":" + entry.phase().id() + (entry.end() == null ? " (running)" : "");
  }
}

package io.plumbline.connector.jdbc;

import io.plumbline.matrix.lab.Interruption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.apiguardian.api.API;

/**
 * Whether sessions of a database may define something at the same time. Where they may not, a
 * session has the turn from its first definition to the end of its transaction. Thread-safe.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class Definitions {
  private static final Pattern DEFINITION = Pattern.compile("(?is)\\s*(CREATE|ALTER|DROP)\\s.*");

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Optional<Semaphore> turn;

  private Definitions(Optional<Semaphore> turn) {
    this.turn = turn;
  }

  /** As every database server has it. */
  public static Definitions together() {
    return new Definitions(Optional.empty());
  }

  /** One session after the other. */
  public static Definitions inTurn() {
    return new Definitions(Optional.of(new Semaphore(1, true)));
  }

  /** True when a session needs the turn for a statement. */
  boolean needTurnFor(String sql) {
    return turn.isPresent() && DEFINITION.matcher(sql).matches();
  }

  /**
   * Waits for the turn. A thread that was interrupted before may still define: it tidies up.
   *
   * @throws JdbcException when nobody hands it on in time
   * @throws CancellationException when the thread is interrupted while it waits
   */
  void begin(String who) {
    turn.ifPresent(free -> Interruption.deferred(() -> take(free, who)));
  }

  private static void take(Semaphore free, String who) {
    try {
      if (!free.tryAcquire(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new JdbcException(
            "'%s' waited %d s for another session to end its definition."
                .formatted(who, PATIENCE.toSeconds()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      CancellationException ended =
          new CancellationException("Interrupted while another session defined something.");
      ended.initCause(e);
      throw ended;
    }
  }

  /** Hands the turn on. */
  void end() {
    turn.ifPresent(Semaphore::release);
  }
}

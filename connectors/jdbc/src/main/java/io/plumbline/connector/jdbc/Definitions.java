package io.plumbline.connector.jdbc;

import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.regex.Pattern;
import org.apiguardian.api.API;

/**
 * Whether sessions of a database may define something at the same time. Where they may not, a
 * session has the turn from its first definition to the end of its transaction. Thread-safe.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class Definitions {
  private static final Pattern DEFINITION = Pattern.compile("(?is)\\s*(CREATE|ALTER|DROP)\\s.*");

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

  /** Waits for the turn: for as long as another session's definition takes. */
  void begin() {
    turn.ifPresent(Semaphore::acquireUninterruptibly);
  }

  /** Hands the turn on. */
  void end() {
    turn.ifPresent(Semaphore::release);
  }
}

package io.plumbline.connector.jdbc;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apiguardian.api.API;

/**
 * The mover's connections of one case and role: a time limit that interrupts the mover ends the
 * statement it waits for, and what a failed or abandoned mover left open can be ended.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class MoverSessions {
  private final JdbcDialect dialect;
  private final Endpoint endpoint;
  private final String who;
  private final InterruptWatch watch;
  private final Map<Session, Boolean> open = new ConcurrentHashMap<>();

  MoverSessions(JdbcDialect dialect, Endpoint endpoint, String who, InterruptWatch watch) {
    this.dialect = dialect;
    this.endpoint = endpoint;
    this.who = who;
    this.watch = watch;
  }

  /** A new connection for the calling thread. */
  public Session open() {
    Session session = Session.open(dialect, endpoint, who, this::forget);
    open.put(session, true);
    watch.add(session, Thread.currentThread(), session::cancel);
    return session;
  }

  private void forget(Session session) {
    open.remove(session);
    watch.remove(session);
  }

  /** Ends all that are open. */
  void abort() {
    open.keySet().forEach(Session::abort);
  }
}

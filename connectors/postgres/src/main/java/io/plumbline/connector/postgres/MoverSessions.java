package io.plumbline.connector.postgres;

import io.plumbline.connector.jdbc.InterruptWatch;
import io.plumbline.connector.postgres.Endpoint.Purpose;

/**
 * The mover's connections of one case and role: a time limit that interrupts the mover ends the
 * statement it waits for.
 *
 * @param name by which the server knows them
 */
record MoverSessions(Endpoint endpoint, String name, InterruptWatch watch) {
  Session open() {
    return open(Purpose.STATEMENTS);
  }

  /** A new connection for the calling thread. */
  Session open(Purpose purpose) {
    Session session = Session.open(endpoint, name, purpose, watch::remove);
    watch.add(session, Thread.currentThread(), session::cancel);
    return session;
  }
}

package io.plumbline.connector.postgres;

import io.plumbline.matrix.connector.SystemFailureException;
import io.plumbline.matrix.lab.Deadline;
import java.time.Duration;

/** The schema of one case and role, and the mover's connections to it. */
final class CaseSchema {
  private static final Duration MOVERS_END = Duration.ofSeconds(20);

  private final Endpoint endpoint;
  private final CaseNames names;

  CaseSchema(Endpoint endpoint, CaseNames names) {
    this.endpoint = endpoint;
    this.names = names;
  }

  void create() {
    try (Session session = Session.open(endpoint, names.harness())) {
      session.execute("DROP SCHEMA IF EXISTS %s CASCADE".formatted(names.schema()));
      session.execute("CREATE SCHEMA " + names.schema());
    }
  }

  /** Ends what a failed or abandoned mover left open. */
  void endMovers() {
    try (Session session = Session.open(endpoint, names.harness())) {
      session.query(
          row -> row.getString(1),
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = ?",
          names.mover());
      awaitMoversGone(session);
    }
  }

  /**
   * Waits until the mover's connections are gone: only then has every one of them reported its
   * statistics.
   */
  void awaitMoversGone(Session session) {
    boolean gone =
        Deadline.in(MOVERS_END)
            .await(
                () ->
                    session.number(
                            "SELECT count(*) FROM pg_stat_activity WHERE application_name = ?",
                            names.mover())
                        == 0);
    if (!gone) {
      throw new SystemFailureException(
          PostgresTypes.FAMILY,
          "Connections of '%s' are still open after %d s."
              .formatted(names.mover(), MOVERS_END.toSeconds()));
    }
  }

  void drop() {
    try (Session session = Session.open(endpoint, names.harness())) {
      session.execute("DROP SCHEMA IF EXISTS %s CASCADE".formatted(names.schema()));
    }
  }
}

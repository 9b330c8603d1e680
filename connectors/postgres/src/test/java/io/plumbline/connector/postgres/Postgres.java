package io.plumbline.connector.postgres;

import io.plumbline.connector.tck.SharedSystem;

/** One real server for all tests of the JVM. */
final class Postgres extends SharedSystem {
  Postgres() {
    super(new PostgresConnector(), PostgresSystem.class);
  }

  static String text(PostgresSystem system, String sql) {
    try (Session session = Session.open(system.endpoint(), "test")) {
      return session.text(sql).orElseThrow();
    }
  }

  static long count(PostgresSystem system, String sql) {
    try (Session session = Session.open(system.endpoint(), "test")) {
      return session.number(sql);
    }
  }
}

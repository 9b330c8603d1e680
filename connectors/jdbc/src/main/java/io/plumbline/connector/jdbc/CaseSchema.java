package io.plumbline.connector.jdbc;

import java.util.List;

/** The schema of one case and role. */
final class CaseSchema {
  private final JdbcDialect dialect;
  private final Endpoint endpoint;
  private final String schema;

  CaseSchema(JdbcDialect dialect, Endpoint endpoint, String schema) {
    this.dialect = dialect;
    this.endpoint = endpoint;
    this.schema = schema;
  }

  void create() {
    try (Session session = Session.open(dialect, endpoint, "harness " + schema)) {
      drop(session);
      session.execute("CREATE SCHEMA " + schema);
    }
  }

  void drop() {
    drop(List.of());
  }

  /**
   * Removes it.
   *
   * @param before statements that come first; it is removed, too, when one of them fails
   */
  void drop(List<String> before) {
    try (Session session = Session.open(dialect, endpoint, "harness " + schema)) {
      try {
        before.forEach(session::execute);
      } finally {
        drop(session);
      }
    }
  }

  /** Table by table: not every product has a cascade. */
  private void drop(Session session) {
    List<String> tables =
        session.query(row -> row.getString(1), dialect.catalogue().tables(), schema);
    for (String table : tables) {
      session.execute("DROP TABLE " + dialect.sql().quotePath(schema + "." + table));
    }
    session.execute("DROP SCHEMA IF EXISTS " + schema);
  }
}

package io.plumbline.connector.postgres;

import io.plumbline.matrix.connector.CaseScope;
import io.plumbline.matrix.connector.TypeMapping.Role;

/**
 * The names of what a case makes on the server, of at most 63 bytes each.
 *
 * @param schema the schema; the slot and the publication have the same name
 */
record CaseNames(String schema) {
  static final String TABLE = "orders";

  static CaseNames source(CaseScope scope) {
    return new CaseNames(scope.nameAt(Role.SOURCE));
  }

  static CaseNames sink(CaseScope scope) {
    return new CaseNames(scope.nameAt(Role.SINK));
  }

  /** The table's path; each part is a plain lower-case name. */
  String table() {
    return path(TABLE);
  }

  String path(String name) {
    return schema + "." + name;
  }

  /** The table as it stands in a statement. */
  String quotedTable() {
    return PostgresTypes.DIALECT.quotePath(table());
  }

  /** What the mover's connections call themselves. */
  String mover() {
    return "mover " + schema;
  }

  /** What the harness's connections call themselves. */
  String harness() {
    return "harness " + schema;
  }
}

package io.plumbline.connector.clickhouse;

import io.plumbline.matrix.connector.CaseScope;
import io.plumbline.matrix.connector.TypeMapping.Role;

/**
 * The names of what a case makes on the server.
 *
 * @param database holds everything that the case makes in one role
 */
record CaseNames(String database) {
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
    return database + "." + name;
  }
}

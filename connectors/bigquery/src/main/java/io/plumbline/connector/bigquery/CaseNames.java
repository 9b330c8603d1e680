package io.plumbline.connector.bigquery;

import io.plumbline.matrix.connector.CaseScope;
import io.plumbline.matrix.connector.TypeMapping.Role;

/**
 * The names of what a case makes in a project.
 *
 * @param dataset holds everything that the case makes
 */
record CaseNames(String dataset) {
  static final String TABLE = "orders";

  static CaseNames sink(CaseScope scope) {
    return new CaseNames(scope.nameAt(Role.SINK));
  }

  /** A table's path; each part is a plain lower-case name. */
  String path(String table) {
    return dataset + "." + table;
  }

  /** The same as it stands in a statement. */
  String quoted(String table) {
    return BigqueryTypes.DIALECT.quotePath(path(table));
  }
}

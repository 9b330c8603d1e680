package io.plumbline.connector.jdbc;

import io.plumbline.matrix.connector.CaseScope;
import io.plumbline.matrix.connector.TypeMapping.Role;
import org.apiguardian.api.API;

/**
 * The names of what a case makes on a server, of at most 63 bytes each.
 *
 * @param dialect how they are quoted
 * @param schema a plain lower-case name
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public record CaseNames(SqlDialect dialect, String schema) {
  /** The one table of a source or target. */
  public static final String TABLE = "orders";

  static CaseNames source(SqlDialect dialect, CaseScope scope) {
    return new CaseNames(dialect, scope.nameAt(Role.SOURCE));
  }

  static CaseNames sink(SqlDialect dialect, CaseScope scope) {
    return new CaseNames(dialect, scope.nameAt(Role.SINK));
  }

  /** The table's path; each part is a plain lower-case name. */
  public String table() {
    return path(TABLE);
  }

  String path(String name) {
    return schema + "." + name;
  }

  /** The table as it stands in a statement. */
  public String quotedTable() {
    return dialect.quotePath(table());
  }
}

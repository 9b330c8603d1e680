package io.plumbline.connector.clickhouse;

import io.plumbline.matrix.connector.CaseScope;
import java.util.HexFormat;

/**
 * The names of what a case makes on the server.
 *
 * @param database holds everything that the case makes in one role
 */
record CaseNames(String database) {
  static final String TABLE = "orders";

  static CaseNames source(CaseScope scope) {
    return of(scope, "src");
  }

  static CaseNames sink(CaseScope scope) {
    return of(scope, "snk");
  }

  private static CaseNames of(CaseScope scope, String role) {
    return new CaseNames(
        "pl_%s_%s_%s_%s"
            .formatted(
                scope.runId(),
                scope.caseId().strategy(),
                HexFormat.of().toHexDigits(scope.caseId().toString().hashCode()),
                role));
  }

  /** The table's path; each part is a plain lower-case name. */
  String table() {
    return path(TABLE);
  }

  String path(String name) {
    return database + "." + name;
  }
}

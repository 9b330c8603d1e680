package io.plumbline.connector.mssql;

import io.plumbline.connector.jdbc.BatchedInserts;
import io.plumbline.connector.jdbc.Definitions;
import io.plumbline.connector.jdbc.JdbcDialect;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the connector must know of H2 when that plays SQL Server. */
final class H2Dialect {
  private static final int FETCH_ROWS = 500;

  /** More than it keeps: it rounds them itself. */
  private static final int FRACTION_DIGITS = 9;

  /** Connection broken, database closed, database closing. */
  private static final Set<Integer> LOST = Set.of(90067, 90098, 90121);

  private H2Dialect() {}

  /**
   * The dialect of a database. Definitions come in turn: one that removes a schema has a lock that
   * another one needs which has the catalogue, and both wait until they give up.
   */
  static JdbcDialect ofDatabase() {
    return new JdbcDialect(
        MssqlTypes.FAMILY,
        "H2 in MSSQLServer mode",
        Map.of(),
        JdbcDialect.Catalogue.STANDARD,
        MssqlTypes.DIALECT,
        List.of(),
        List.of("SET TRANSACTION ISOLATION LEVEL SNAPSHOT"),
        List.of(),
        List.of(),
        // A definition ends the transaction, so for a moment there is no target; to replace all
        // rows in one transaction takes H2 several times as long.
        List.of(
            "ALTER TABLE {target} RENAME TO [old_orders]", "ALTER TABLE {next} RENAME TO [orders]"),
        BatchedInserts::new,
        Map.of(),
        FRACTION_DIGITS,
        FETCH_ROWS,
        new JdbcDialect.LabFailures(LOST, Set.of()),
        Definitions.inTurn());
  }
}

package io.plumbline.connector.mysql;

import io.plumbline.connector.jdbc.BatchedInserts;
import io.plumbline.connector.jdbc.Definitions;
import io.plumbline.connector.jdbc.JdbcDialect;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the connector must know of MySQL, and of MariaDB where that plays it. */
final class MysqlDialect {
  private static final int FETCH_ROWS = 500;

  /** More than it keeps: it rounds them itself. */
  private static final int FRACTION_DIGITS = 9;

  /** Server shutdown in progress, and connection killed. */
  private static final Set<Integer> LOST = Set.of(1053, 1927);

  /** No space for a file, for the server, for temporary files, for a table. */
  private static final Set<Integer> DISK_FULL = Set.of(3, 1021, 1026, 1114);

  private static final String STRICT =
      "STRICT_TRANS_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION";

  private MysqlDialect() {}

  /** MariaDB has to be told to round fractions of seconds, as MySQL does. */
  static JdbcDialect of(String product) {
    return new JdbcDialect(
        MysqlTypes.FAMILY,
        product,
        Map.of(),
        JdbcDialect.Catalogue.STANDARD,
        MysqlTypes.DIALECT,
        List.of(
            "SET SESSION sql_mode = '%s'"
                .formatted(product.equals("MariaDB") ? STRICT + ",TIME_ROUND_FRACTIONAL" : STRICT),
            "SET SESSION time_zone = '+00:00'",
            "SET SESSION lock_wait_timeout = 60",
            "SET SESSION innodb_lock_wait_timeout = 60",
            "SET SESSION net_write_timeout = 600"),
        List.of("START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY"),
        List.of("SET SESSION sql_log_bin = 0"),
        List.of("ANALYZE TABLE {stage}"),
        // One statement for both names: at no time is there no table.
        List.of("RENAME TABLE {target} TO {old}, {next} TO {target}"),
        BatchedInserts::new,
        Map.of(),
        FRACTION_DIGITS,
        FETCH_ROWS,
        new JdbcDialect.LabFailures(LOST, DISK_FULL),
        Definitions.together());
  }
}

package io.plumbline.connector.mssql;

import io.plumbline.connector.jdbc.Definitions;
import io.plumbline.connector.jdbc.JdbcDialect;
import io.plumbline.matrix.dataset.LogicalType;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the connector must know of SQL Server: plain Transact-SQL, which servers that only speak the
 * protocol also understand. Pages are below {@code https://learn.microsoft.com/en-us/sql/}.
 */
final class SqlServerDialect {
  private static final int FETCH_ROWS = 500;

  /**
   * Read without locks: whoever waits here for another case's definition, which may wait for this
   * one's, would be a deadlock's victim. A schema has one case, so nobody else changes what is
   * read.
   */
  private static final JdbcDialect.Catalogue CATALOGUE =
      new JdbcDialect.Catalogue(
          "SELECT t.name FROM sys.tables t WITH (NOLOCK) JOIN sys.schemas s WITH (NOLOCK) ON s.schema_id = t.schema_id WHERE s.name = ?",
          "SELECT c.name FROM sys.columns c WITH (NOLOCK) JOIN sys.tables t WITH (NOLOCK) ON t.object_id = c.object_id JOIN sys.schemas s WITH (NOLOCK) ON s.schema_id = t.schema_id WHERE s.name = ? AND t.name = ? ORDER BY c.column_id");

  /** Images and documents call a release by its year. */
  private static final Map<String, String> RELEASES =
      Map.of("13", "2016", "14", "2017", "15", "2019", "16", "2022", "17", "2025");

  /**
   * "datetime2" ({@code t-sql/data-types/datetime2-transact-sql}): a text with more digits is an
   * error.
   */
  private static final int FRACTION_DIGITS = 7;

  /**
   * "Database Engine events and errors" ({@code
   * relational-databases/errors-events/database-engine-events-and-errors}): the session is in the
   * kill state, shutdown is in progress.
   */
  private static final Set<Integer> LOST = Set.of(596, 6005);

  /** The same page: no space for a page, in a filegroup, in the transaction log. */
  private static final Set<Integer> DISK_FULL = Set.of(1101, 1105, 9002);

  /**
   * The driver moves ten days of October 1582, which its calendar does not have. In the server's
   * own text of a type no digit is missing ("CAST and CONVERT", {@code
   * t-sql/functions/cast-and-convert-transact-sql}: style 121 is the default).
   */
  private static final Map<LogicalType, String> READ_AS_TEXT =
      Stream.of(
              LogicalType.DATE,
              LogicalType.TIMESTAMP,
              LogicalType.TIMESTAMPTZ,
              LogicalType.DATETIME2_7,
              LogicalType.DATETIME64_9,
              LogicalType.DATETIMEOFFSET_7)
          .collect(Collectors.toMap(type -> type, type -> "CAST({column} AS nvarchar(34))"));

  private SqlServerDialect() {}

  /**
   * The dialect of a server.
   *
   * @param product what the server calls itself
   * @param isolation how several queries see one point in time
   */
  static JdbcDialect of(String product, Isolation isolation) {
    return new JdbcDialect(
        MssqlTypes.FAMILY,
        product,
        RELEASES,
        CATALOGUE,
        MssqlTypes.DIALECT,
        // An error takes the whole transaction back, not only its statement.
        List.of("SET LOCK_TIMEOUT 60000", "SET XACT_ABORT ON"),
        List.of("SET TRANSACTION ISOLATION LEVEL " + isolation),
        List.of(),
        List.of(),
        List.of("EXEC sp_rename N'{target}', N'old_orders'", "EXEC sp_rename N'{next}', N'orders'"),
        BulkInserts::new,
        READ_AS_TEXT,
        FRACTION_DIGITS,
        FETCH_ROWS,
        new JdbcDialect.LabFailures(LOST, DISK_FULL),
        Definitions.together());
  }
}

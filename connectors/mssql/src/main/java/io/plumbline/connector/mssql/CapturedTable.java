package io.plumbline.connector.mssql;

import io.plumbline.connector.jdbc.CaseNames;

/**
 * A table whose changes the server captures, in a change table of another schema. Pages are below
 * {@code https://learn.microsoft.com/en-us/sql/relational-databases/}.
 *
 * @param instance names its change table
 * @param quoted the table as it stands in a statement
 */
record CapturedTable(String schema, String table, String instance, String quoted) {

  /** Whoever enables or disables at the same time as another may be the victim of a deadlock. */
  private static final String OUR_TURN =
      "DECLARE @turn int; EXEC @turn = sp_getapplock @Resource = N'plumbline_cdc', @LockMode = N'Exclusive', @LockOwner = N'Session', @LockTimeout = 60000; IF @turn < 0 THROW 50000, N'Others enable or disable captures all the time.', 1; ";

  private static final String NEXT_TURN =
      "; EXEC sp_releaseapplock @Resource = N'plumbline_cdc', @LockOwner = N'Session'";

  static CapturedTable of(CaseNames names, String table) {
    return new CapturedTable(
        names.schema(),
        table,
        names.schema() + "_" + table,
        names.dialect().quotePath(names.schema() + "." + table));
  }

  /**
   * "sys.sp_cdc_enable_table" ({@code
   * system-stored-procedures/sys-sp-cdc-enable-table-transact-sql}). Without a role nobody but who
   * may read all of the schema {@code cdc} reads its changes.
   */
  String enable() {
    return "IF NOT %s EXEC sys.sp_cdc_enable_table @source_schema = N'%s', @source_name = N'%s', @role_name = NULL, @capture_instance = N'%s', @supports_net_changes = 0"
        .formatted(captured(), schema, table, instance);
  }

  /**
   * "sys.sp_cdc_disable_table" ({@code
   * system-stored-procedures/sys-sp-cdc-disable-table-transact-sql}): with the change table go its
   * functions.
   */
  String disable() {
    return "IF %s EXEC sys.sp_cdc_disable_table @source_schema = N'%s', @source_name = N'%s', @capture_instance = N'%s'"
        .formatted(captured(), schema, table, instance);
  }

  /**
   * A batch that enables or disables, while nobody else does. What the server's procedures catch
   * must not end their transaction.
   */
  static String inTurn(String... statements) {
    return "SET XACT_ABORT OFF; "
        + OUR_TURN
        + String.join("; ", statements)
        + NEXT_TURN
        + "; SET XACT_ABORT ON";
  }

  /** The condition that its changes are captured. */
  String captured() {
    return "EXISTS (SELECT 1 FROM sys.tables WHERE object_id = OBJECT_ID(N'%s') AND is_tracked_by_cdc = 1)"
        .formatted(quoted);
  }

  /** The change table as it stands in a statement. */
  String changes() {
    return "[cdc].[" + instance + "_CT]";
  }
}

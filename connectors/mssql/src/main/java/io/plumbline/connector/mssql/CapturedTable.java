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

  static CapturedTable of(CaseNames names, String table) {
    return new CapturedTable(
        names.schema(),
        table,
        names.schema() + "_" + table,
        names.dialect().quotePath(names.schema() + "." + table));
  }

  /**
   * "sys.sp_cdc_enable_table" ({@code
   * system-stored-procedures/sys-sp-cdc-enable-table-transact-sql}). Without a role whoever may
   * read the table may read its changes.
   */
  String enable() {
    return "IF NOT %s EXEC sys.sp_cdc_enable_table @source_schema = N'%s', @source_name = N'%s', @role_name = NULL, @capture_instance = N'%s', @supports_net_changes = 0"
        .formatted(tracked(), schema, table, instance);
  }

  /**
   * "sys.sp_cdc_disable_table" ({@code
   * system-stored-procedures/sys-sp-cdc-disable-table-transact-sql}): with the change table go its
   * functions.
   */
  String disable() {
    return "IF %s EXEC sys.sp_cdc_disable_table @source_schema = N'%s', @source_name = N'%s', @capture_instance = N'%s'"
        .formatted(tracked(), schema, table, instance);
  }

  private String tracked() {
    return "EXISTS (SELECT 1 FROM sys.tables WHERE object_id = OBJECT_ID(N'%s') AND is_tracked_by_cdc = 1)"
        .formatted(quoted);
  }

  /** The change table as it stands in a statement. */
  String changes() {
    return "[cdc].[" + instance + "_CT]";
  }
}

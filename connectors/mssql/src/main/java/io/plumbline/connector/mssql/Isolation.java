package io.plumbline.connector.mssql;

/** How several queries of a transaction see one point in time; plain data. */
enum Isolation {
  /** Where the database allows it, without making writers wait. */
  SNAPSHOT(""),
  /** Everywhere else: readers and writers wait for each other. */
  SERIALIZABLE(" WITH (TABLOCK, HOLDLOCK)");

  private final String wholeTable;

  Isolation(String wholeTable) {
    this.wholeTable = wholeTable;
  }

  /**
   * The first query of a transaction that is to see a table as it is now: with it the snapshot
   * begins ("SET TRANSACTION ISOLATION LEVEL", {@code
   * t-sql/statements/set-transaction-isolation-level-transact-sql}), or the whole table is locked
   * before a row of it is read.
   *
   * @param table quoted
   */
  String firstLook(String table) {
    return "SELECT TOP (1) id FROM " + table + wholeTable;
  }
}

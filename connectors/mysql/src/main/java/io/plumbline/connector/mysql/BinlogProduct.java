package io.plumbline.connector.mysql;

import java.util.Map;

/** The products whose binary log is read, and what differs between them; plain data. */
enum BinlogProduct {
  /** Its connector begins behind a transaction's id, whatever file and position say. */
  MARIADB(
      "io.debezium.connector.mariadb.MariaDbConnector",
      "disable",
      "SELECT JSON_OBJECT('file', '{file}', 'pos', {pos}, 'gtids', BINLOG_GTID_POS('{file}', {pos}))"),
  /** Where transactions have ids, its connector begins behind a set of them. */
  MYSQL(
      "io.debezium.connector.mysql.MySqlConnector",
      "disabled",
      """
      SELECT IF(@@global.gtid_executed = '', JSON_OBJECT('file', '{file}', 'pos', {pos}),
        JSON_OBJECT('file', '{file}', 'pos', {pos}, 'gtids', REPLACE(@@global.gtid_executed, CHAR(10), '')))
      """) {
    /**
     * "SHOW BINARY LOG STATUS Statement" ({@code
     * https://dev.mysql.com/doc/refman/8.4/en/show-binary-log-status.html}): from 8.2 on by this
     * name, and in 8.4 by no other.
     */
    @Override
    String showPosition(int major, int minor) {
      return major > 8 || (major == 8 && minor >= 2)
          ? "SHOW BINARY LOG STATUS"
          : super.showPosition(major, minor);
    }
  };

  private final String connector;
  private final String unencrypted;
  private final String offsetOf;

  BinlogProduct(String connector, String unencrypted, String offsetOf) {
    this.connector = connector;
    this.unencrypted = unencrypted;
    this.offsetOf = offsetOf;
  }

  /** The product of a name; the driver knows two. */
  static BinlogProduct of(String name) {
    return name.equals("MariaDB") ? MARIADB : MYSQL;
  }

  /** Properties that name one of Debezium's connectors. */
  Map<String, String> connector() {
    return Map.of("connector.class", connector, "database.ssl.mode", unencrypted);
  }

  /** The statement that tells file and offset of the log's end. */
  String showPosition(int major, int minor) {
    return "SHOW MASTER STATUS";
  }

  /**
   * The query that makes of {@code {file}} and {@code {pos}} what Debezium's connector begins with,
   * in JSON.
   */
  String offsetOf() {
    return offsetOf;
  }
}

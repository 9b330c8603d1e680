package io.plumbline.connector.mysql;

import io.plumbline.connector.jdbc.JdbcDialect;
import io.plumbline.matrix.connector.QuietLogs;
import java.util.Map;

/**
 * A server as readers of its binary log see it; plain data.
 *
 * @param dialect how it is spoken to
 * @param connector properties that name one of Debezium's connectors and say how it reaches the
 *     server
 * @param showPosition the statement that tells file and offset of the log's end
 * @param offsetOf the query that makes of {@code {file}} and {@code {pos}} what Debezium's
 *     connector begins with, in JSON
 * @param quiet kept as long as the log is read
 */
record BinlogServer(
    JdbcDialect dialect,
    Map<String, String> connector,
    String showPosition,
    String offsetOf,
    QuietLogs quiet) {
  /** Keeps an unmodifiable copy. */
  BinlogServer {
    connector = Map.copyOf(connector);
  }
}

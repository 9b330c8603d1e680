package io.plumbline.connector.mysql;

import io.plumbline.connector.jdbc.JdbcDialect;
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
 */
record BinlogServer(
    JdbcDialect dialect, Map<String, String> connector, String showPosition, String offsetOf) {
  /** Keeps an unmodifiable copy. */
  BinlogServer {
    connector = Map.copyOf(connector);
  }
}

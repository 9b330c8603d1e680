package io.plumbline.connector.mssql;

import io.plumbline.connector.jdbc.JdbcDialect;
import java.util.Map;

/**
 * A server as readers of its change tables see it; plain data.
 *
 * @param dialect how it is spoken to
 * @param isolation how several queries see one point in time
 * @param connector properties by which Debezium's connector reaches it
 */
record CaptureServer(JdbcDialect dialect, Isolation isolation, Map<String, String> connector) {
  /** Keeps an unmodifiable copy. */
  CaptureServer {
    connector = Map.copyOf(connector);
  }
}

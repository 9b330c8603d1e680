package io.plumbline.connector.jdbc;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;
import org.apiguardian.api.API;

/**
 * Where a server listens. Its text leaves the properties out, for the password is one of them.
 *
 * @param url without credentials
 * @param properties user, password, and what else the driver understands
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public record Endpoint(String url, Map<String, String> properties) {
  /** Keeps an unmodifiable copy. */
  public Endpoint {
    properties = Map.copyOf(properties);
  }

  /** A new connection. */
  public Connection connect() throws SQLException {
    Properties all = new Properties();
    all.putAll(properties);
    return DriverManager.getConnection(url, all);
  }

  @Override
  public String toString() {
    return url;
  }
}

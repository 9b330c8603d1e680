package io.plumbline.connector.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import org.postgresql.Driver;

/**
 * Where a PostgreSQL server listens. Its text leaves the password out, and no message of a failed
 * connection holds more than the driver's own words.
 */
record Endpoint(String host, int port, String database, String user, String password) {
  private static final String CONNECT_SECONDS = "10";

  /** What a connection is for. */
  enum Purpose {
    /** Statements with parameters; results as text. */
    STATEMENTS,
    /** Simple protocol, in which a binary cursor sends binary rows. */
    BINARY_CURSOR,
    /** A logical replication connection. */
    REPLICATION
  }

  Connection connect(String applicationName, Purpose purpose) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", user);
    properties.setProperty("password", password);
    properties.setProperty("ApplicationName", applicationName);
    properties.setProperty("connectTimeout", CONNECT_SECONDS);
    properties.setProperty("loginTimeout", CONNECT_SECONDS);
    properties.setProperty("stringtype", "unspecified");
    properties.setProperty("binaryTransfer", "false");
    switch (purpose) {
      case STATEMENTS -> {}
      case BINARY_CURSOR -> properties.setProperty("preferQueryMode", "simple");
      case REPLICATION -> {
        properties.setProperty("preferQueryMode", "simple");
        properties.setProperty("replication", "database");
        properties.setProperty("assumeMinServerVersion", "14");
      }
    }
    Connection connection =
        new Driver()
            .connect("jdbc:postgresql://%s:%d/%s".formatted(host, port, database), properties);
    if (connection == null) {
      throw new SQLException("The driver does not serve this address.", "08001");
    }
    return connection;
  }

  @Override
  public String toString() {
    return "%s:%d/%s".formatted(host, port, database);
  }
}

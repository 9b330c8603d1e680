package io.plumbline.connector.postgres;

import io.plumbline.matrix.connector.ExternalEndpoint;
import io.plumbline.matrix.registry.InvalidInputException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.postgresql.Driver;

/**
 * Where a PostgreSQL server listens. Its text leaves the password out, and no message of a failed
 * connection holds more than the driver's own words.
 */
record Endpoint(String host, int port, String database, String user, String password) {
  private static final String CONNECT_SECONDS = "10";
  private static final int DEFAULT_PORT = 5432;
  private static final Pattern ADDRESS =
      Pattern.compile("jdbc:postgresql://([^/:@?#]+)(?::(\\d{1,5}))?/([^/?#]+)");

  /** What a connection is for. */
  enum Purpose {
    /** Statements with parameters; results as text. */
    STATEMENTS,
    /** Simple protocol, in which a binary cursor sends binary rows. */
    BINARY_CURSOR,
    /** A logical replication connection. */
    REPLICATION
  }

  /** A server that is there already. */
  static Endpoint of(ExternalEndpoint external) {
    Matcher address = ADDRESS.matcher(external.address());
    if (!address.matches()) {
      throw new InvalidInputException(
          "Address '%s' is not that of a PostgreSQL server; allowed is jdbc:postgresql://host:port/database."
              .formatted(external.address()));
    }
    return new Endpoint(
        address.group(1),
        address.group(2) == null ? DEFAULT_PORT : Integer.parseInt(address.group(2)),
        address.group(3),
        external.user(),
        external.password());
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

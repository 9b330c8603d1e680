package io.plumbline.connector.mssql;

import io.plumbline.connector.jdbc.ChangeLog;
import io.plumbline.connector.jdbc.Endpoint;
import io.plumbline.connector.jdbc.JdbcException;
import io.plumbline.connector.jdbc.JdbcSystem;
import io.plumbline.matrix.connector.EvidenceLevel;
import io.plumbline.matrix.connector.ExternalEndpoint;
import io.plumbline.matrix.connector.Feature;
import io.plumbline.matrix.connector.QuietLogs;
import io.plumbline.matrix.connector.RunningSystem;
import io.plumbline.matrix.registry.InvalidInputException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server that speaks SQL Server's protocol. What it can do is asked of the server itself, never
 * told by its name.
 *
 * @param url without credentials
 */
record SqlServer(String url, String user, String password) {
  private static final Pattern ADDRESS =
      Pattern.compile(
          "jdbc:sqlserver://([^/:;@?#\\\\]+)(:\\d{1,5})?((?:;(?:databaseName=[\\w-]+|encrypt=(?:true|false|strict)|trustServerCertificate=(?:true|false)))*);?");

  private static final Pattern PRODUCT = Pattern.compile("(.+?)(?: \\d{4})?(?: \\(| - |$)");

  /** How a transaction reads one point in time without making writers wait. */
  private static final String SNAPSHOT = "SNAPSHOT";

  /**
   * The same where the database does not allow snapshots: readers and writers wait for each other.
   */
  private static final String LOCKING = "SERIALIZABLE";

  private static final String SNAPSHOTS_ALLOWED =
      "SELECT snapshot_isolation_state FROM sys.databases WHERE name = DB_NAME()";

  private static final Map<Feature, String> MISSING =
      Map.of(
          Feature.CHANGE_LOG,
          "mssql: change data capture from SQL Server is not there yet; no reader of its change tables was written.");

  /** A server that is there already. */
  static SqlServer of(ExternalEndpoint external) {
    Matcher address = ADDRESS.matcher(external.address());
    if (!address.matches()) {
      throw new InvalidInputException(
          "Address '%s' is not that of a SQL Server; allowed is jdbc:sqlserver://host:port;databaseName=name, and encrypt and trustServerCertificate beside it."
              .formatted(external.address()));
    }
    return new SqlServer(external.address(), external.user(), external.password());
  }

  Endpoint endpoint() {
    return new Endpoint(
        url,
        Map.of(
            "user",
            user,
            "password",
            password,
            "loginTimeout",
            "10",
            // As datetime a time would lose digits.
            "sendTimeAsDatetime",
            "false",
            "socketFactoryClass",
            LingeringSocketFactory.class.getName()));
  }

  /**
   * The system on the server.
   *
   * @param stop ends the server where it is ours, or does nothing
   */
  RunningSystem system(EvidenceLevel level, Runnable stop) {
    QuietLogs quiet = QuietLogs.of("com.microsoft.sqlserver");
    try (Connection connection = endpoint().connect()) {
      return new JdbcSystem(
          SqlServerDialect.of(product(connection), isolation(connection)),
          endpoint(),
          level,
          ChangeLog.NONE,
          MISSING,
          quiet,
          stop);
    } catch (SQLException e) {
      throw JdbcException.of(
          SqlServerDialect.of("The server", LOCKING), e, "asking what it can do");
    }
  }

  /** The first words of e.g. {@code Microsoft SQL Server 2022 (RTM-CU14) - 16.0.4135.4 (X64)}. */
  private static String product(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet version = statement.executeQuery("SELECT @@VERSION")) {
      String said = version.next() ? version.getString(1) : "";
      Matcher product = PRODUCT.matcher(said);
      return product.lookingAt() ? product.group(1) : said;
    }
  }

  private static String isolation(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet state = statement.executeQuery(SNAPSHOTS_ALLOWED)) {
      return state.next() && state.getInt(1) == 1 ? SNAPSHOT : LOCKING;
    }
  }

  /** Without the password. */
  @Override
  public String toString() {
    return url;
  }
}

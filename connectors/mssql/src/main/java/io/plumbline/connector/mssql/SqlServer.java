package io.plumbline.connector.mssql;

import io.plumbline.connector.jdbc.ChangeLog;
import io.plumbline.connector.jdbc.Endpoint;
import io.plumbline.connector.jdbc.JdbcDialect;
import io.plumbline.connector.jdbc.JdbcException;
import io.plumbline.connector.jdbc.JdbcSystem;
import io.plumbline.matrix.connector.EvidenceLevel;
import io.plumbline.matrix.connector.ExternalEndpoint;
import io.plumbline.matrix.connector.Feature;
import io.plumbline.matrix.connector.RunningSystem;
import io.plumbline.matrix.lab.QuietLogs;
import io.plumbline.matrix.registry.InvalidInputException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A server that speaks SQL Server's protocol. What it can do is asked of the server itself, never
 * told by its name.
 *
 * @param options of the address that are the driver's, by name
 * @param changes how it tells of changes
 */
record SqlServer(
    String host,
    String port,
    Map<String, String> options,
    Changes changes,
    String user,
    String password) {
  private static final Pattern ADDRESS =
      Pattern.compile(
          "jdbc:sqlserver://([^/:;@?#\\\\]+)(?::(\\d{1,5}))?((?:;(?:databaseName=[\\w-]+|encrypt=(?:true|false|strict)|trustServerCertificate=(?:true|false)|changes=(?:%s)))*);?"
              .formatted(Changes.names()));

  private static final String DATABASE = "databaseName";

  /** No option of the driver, but of ours. */
  private static final String CHANGES = "changes";

  private static final String DEFAULT_PORT = "1433";

  private static final Pattern PRODUCT = Pattern.compile("(.+?)(?: \\d{4})?(?: \\(| - |$)");

  private static final String SNAPSHOTS_ALLOWED =
      "SELECT snapshot_isolation_state FROM sys.databases WHERE name = DB_NAME()";

  /** Keeps an unmodifiable copy. */
  SqlServer {
    options = Map.copyOf(options);
  }

  /** A server that is there already. */
  static SqlServer of(ExternalEndpoint external) {
    Matcher address = ADDRESS.matcher(external.address());
    if (!address.matches()) {
      throw new InvalidInputException(
          "Address '%s' is not that of a SQL Server; allowed is jdbc:sqlserver://host:port;databaseName=name, and encrypt, trustServerCertificate and changes=capture or changes=tracking beside it."
              .formatted(external.address()));
    }
    Map<String, String> options =
        Stream.of(address.group(3).split(";", -1))
            .filter(option -> !option.isEmpty())
            .map(option -> option.split("=", 2))
            .collect(Collectors.toMap(option -> option[0], option -> option[1], (a, b) -> b));
    String changes = options.remove(CHANGES);
    return new SqlServer(
        address.group(1),
        address.group(2) == null ? DEFAULT_PORT : address.group(2),
        options,
        changes == null ? Changes.CAPTURE : Changes.of(changes),
        external.user(),
        external.password());
  }

  /** Without credentials. */
  private String url() {
    return "jdbc:sqlserver://" + host + ":" + port;
  }

  Endpoint endpoint() {
    Map<String, String> properties = new HashMap<>(driver());
    properties.putAll(Map.of("user", user, "password", password));
    return new Endpoint(url(), properties);
  }

  /** What the driver has to know, whoever uses it. */
  private Map<String, String> driver() {
    Map<String, String> properties = new HashMap<>(options);
    properties.putAll(
        Map.of(
            "loginTimeout",
            "10",
            // As datetime a time would lose digits.
            "sendTimeAsDatetime",
            "false",
            "socketFactoryClass",
            LingeringSocketFactory.class.getName()));
    return properties;
  }

  /**
   * The system on the server.
   *
   * @param stop ends the server where it is ours, or does nothing
   */
  RunningSystem system(EvidenceLevel level, Runnable stop) {
    QuietLogs quiet = QuietLogs.of("com.microsoft.sqlserver", "io.debezium", "org.apache.kafka");
    try (Connection connection = endpoint().connect()) {
      Isolation isolation =
          Question.ask(connection, SNAPSHOTS_ALLOWED).equals("1")
              ? Isolation.SNAPSHOT
              : Isolation.SERIALIZABLE;
      JdbcDialect dialect = SqlServerDialect.of(product(connection), isolation);
      Optional<String> noLog = changes.missing(connection);
      CaptureServer log =
          new CaptureServer(
              dialect, isolation, debezium(Question.ask(connection, "SELECT DB_NAME()")));
      return new JdbcSystem(
          dialect,
          endpoint(),
          level,
          noLog.isEmpty()
              ? (scope, names, sessions) -> changes.log(log, scope, names, sessions)
              : ChangeLog.NONE,
          noLog.map(why -> Map.of(Feature.CHANGE_LOG, why)).orElse(Map.of()),
          quiet,
          stop);
    } catch (SQLException e) {
      throw JdbcException.of(
          SqlServerDialect.of("The server", Isolation.SERIALIZABLE), e, "asking what it can do");
    }
  }

  /** How Debezium's connector reaches the server. */
  private Map<String, String> debezium(String database) {
    Map<String, String> properties = new HashMap<>();
    driver()
        .forEach(
            (name, value) -> {
              if (!name.equals(DATABASE)) {
                properties.put("driver." + name, value);
              }
            });
    properties.putAll(
        Map.of(
            "connector.class",
            "io.debezium.connector.sqlserver.SqlServerConnector",
            "database.hostname",
            host,
            "database.port",
            port,
            "database.names",
            database,
            "database.user",
            user,
            "database.password",
            password,
            // It was asked already, and not every user may.
            "database.sqlserver.agent.status.query",
            "SELECT 1"));
    return properties;
  }

  /** The first words of e.g. {@code Microsoft SQL Server 2022 (RTM-CU14) - 16.0.4135.4 (X64)}. */
  private static String product(Connection connection) throws SQLException {
    String said = Question.ask(connection, "SELECT @@VERSION");
    Matcher product = PRODUCT.matcher(said);
    return product.lookingAt() ? product.group(1) : said;
  }

  /** Without the password. */
  @Override
  public String toString() {
    return url();
  }
}

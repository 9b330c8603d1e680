package io.plumbline.connector.mysql;

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
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server that answers: MariaDB, or MySQL itself. Connections are not encrypted.
 *
 * @param takesKey whether the password may be encrypted with a key that the server sends, as
 *     MySQL's usual login asks for
 * @param quiet kept as long as the server is used
 */
record MysqlServer(
    String host, int port, String user, String password, boolean takesKey, QuietLogs quiet) {
  private static final Pattern ADDRESS =
      Pattern.compile(
          "jdbc:(?:mariadb|mysql)://([^/:@?#]+)(?::(\\d{1,5}))?/?(\\?allowPublicKeyRetrieval=true)?");

  /** Nobody can stand between us and a server of this machine, and send a key of his own. */
  private static final Pattern THIS_MACHINE =
      Pattern.compile("localhost|127(?:\\.\\d{1,3}){3}", Pattern.CASE_INSENSITIVE);

  private static final int DEFAULT_PORT = 3306;

  /** What a server must write into its binary log, so that changes can be read from it. */
  private static final Map<String, String> CHANGE_LOG =
      new TreeMap<>(Map.of("log_bin", "ON", "binlog_format", "ROW", "binlog_row_image", "FULL"));

  /** The loggers of everything that works for this connector. */
  static QuietLogs quietLogs() {
    return QuietLogs.of(
        "io.debezium",
        "org.apache.kafka",
        "com.github.shyiko",
        "ch.vorburger",
        "org.mariadb",
        "com.mysql");
  }

  /** A server that is there already. */
  static MysqlServer of(ExternalEndpoint external) {
    Matcher address = ADDRESS.matcher(external.address());
    if (!address.matches()) {
      throw new InvalidInputException(
          "Address '%s' is not that of a MySQL or MariaDB server; allowed is jdbc:mariadb://host:port/, or the same with ?allowPublicKeyRetrieval=true."
              .formatted(external.address()));
    }
    return new MysqlServer(
        address.group(1),
        address.group(2) == null ? DEFAULT_PORT : Integer.parseInt(address.group(2)),
        external.user(),
        external.password(),
        address.group(3) != null || THIS_MACHINE.matcher(address.group(1)).matches(),
        quietLogs());
  }

  Endpoint endpoint() {
    return new Endpoint(
        "jdbc:mariadb://%s:%d/".formatted(host, port),
        Map.of(
            "user",
            user,
            "password",
            password,
            "sslMode",
            "disable",
            "allowPublicKeyRetrieval",
            String.valueOf(takesKey),
            // A server may ask its client for any file that the client can read.
            "allowLocalInfile",
            "false",
            "connectTimeout",
            "10000"));
  }

  /**
   * The system on the server.
   *
   * @param stop ends the server where it is ours, or does nothing
   */
  RunningSystem system(EvidenceLevel level, Runnable stop) {
    JdbcDialect unknown = MysqlDialect.of("The server");
    try (Connection connection = endpoint().connect();
        Statement statement = connection.createStatement()) {
      DatabaseMetaData server = connection.getMetaData();
      String product = server.getDatabaseProductName();
      Optional<String> noLog = noChangeLog(statement);
      return new JdbcSystem(
          MysqlDialect.of(product),
          endpoint(),
          level,
          noLog.isEmpty() ? changeLog(server) : ChangeLog.NONE,
          noLog.map(why -> Map.of(Feature.CHANGE_LOG, why)).orElse(Map.of()),
          quiet,
          stop);
    } catch (SQLException e) {
      throw JdbcException.of(unknown, e, "asking what it is");
    }
  }

  private static Optional<String> noChangeLog(Statement statement) throws SQLException {
    for (Map.Entry<String, String> needed : CHANGE_LOG.entrySet()) {
      try (ResultSet found =
          statement.executeQuery("SHOW GLOBAL VARIABLES LIKE '" + needed.getKey() + "'")) {
        String value = found.next() ? found.getString(2) : "nothing";
        if (!value.toUpperCase(Locale.ROOT).equals(needed.getValue())) {
          return Optional.of(
              "change data capture needs %s '%s'; the server has '%s'."
                  .formatted(needed.getKey(), needed.getValue(), value));
        }
      }
    }
    return Optional.empty();
  }

  private ChangeLog.Factory changeLog(DatabaseMetaData server) throws SQLException {
    BinlogProduct product = BinlogProduct.of(server.getDatabaseProductName());
    Map<String, String> connector = new HashMap<>(product.connector());
    connector.putAll(
        Map.of(
            "database.hostname",
            host,
            "database.port",
            String.valueOf(port),
            "database.user",
            user,
            "database.password",
            password,
            "driver.allowPublicKeyRetrieval",
            String.valueOf(takesKey)));
    BinlogServer log =
        new BinlogServer(
            MysqlDialect.of(server.getDatabaseProductName()),
            connector,
            product.showPosition(
                server.getDatabaseMajorVersion(), server.getDatabaseMinorVersion()),
            product.offsetOf());
    return (scope, names, sessions) -> new BinlogChangeLog(log, scope, names, sessions);
  }

  /** Without the password. */
  @Override
  public String toString() {
    return host + ":" + port;
  }
}

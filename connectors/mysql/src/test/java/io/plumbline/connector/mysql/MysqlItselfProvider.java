package io.plumbline.connector.mysql;

import io.airlift.testing.mysql.TestingMySqlServer;
import io.plumbline.matrix.connector.EvidenceLevel;
import io.plumbline.matrix.connector.RunningSystem;
import io.plumbline.matrix.connector.SystemProvider;
import io.plumbline.matrix.lab.FileTree;
import io.plumbline.matrix.registry.RunMode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/**
 * MySQL, from an archive that is published for tests, as a user with a password sees it.
 *
 * @param settings more of them, as the server's arguments
 */
record MysqlItselfProvider(List<String> settings) implements SystemProvider {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String PASSWORD = "canary-of-a-password";
  private static final List<String> GUEST =
      List.of(
          "CREATE USER guest IDENTIFIED WITH caching_sha2_password BY '%s'".formatted(PASSWORD),
          "GRANT SELECT, INSERT, UPDATE, DELETE, CREATE, DROP, INDEX, LOCK TABLES, RELOAD,"
              + " REPLICATION CLIENT, REPLICATION SLAVE, SYSTEM_VARIABLES_ADMIN ON *.* TO guest");

  @Override
  public boolean serves(RunMode mode) {
    return true;
  }

  /** The same library by the name that newer systems have given it. */
  private static final Path RENAMED = Path.of("/usr/lib/x86_64-linux-gnu/libaio.so.1t64");

  /** True when the machine has all the libraries that the server needs. */
  static boolean runsHere() throws IOException {
    Path home = Files.createTempDirectory("plumbline-mysql-");
    try {
      unpack(home);
      return end(process(home, List.of("--no-defaults", "--version"))) == 0;
    } finally {
      FileTree.remove(home);
    }
  }

  @Override
  public RunningSystem start(Path workDirectory) {
    Path home = workDirectory.resolve("mysql");
    try {
      Files.createDirectories(home);
      unpack(home);
      int initialized = end(process(home, List.of("--no-defaults", "--initialize-insecure")));
      if (initialized != 0) {
        throw new IllegalStateException(
            "MySQL was not installed: " + Files.readString(home.resolve("log")));
      }
      int port = freePort();
      List<String> arguments =
          new ArrayList<>(
              List.of(
                  "--no-defaults",
                  "--bind-address=127.0.0.1",
                  "--port=" + port,
                  "--mysqlx=OFF",
                  "--socket=" + home.resolve("socket"),
                  "--pid-file=" + home.resolve("pid"),
                  "--server-id=1",
                  "--sync-binlog=0",
                  "--innodb-flush-log-at-trx-commit=2"));
      arguments.addAll(settings);
      Process server = process(home, arguments);
      try {
        Awaitility.await()
            .atMost(PATIENCE)
            .ignoreExceptionsInstanceOf(SQLException.class)
            .until(() -> guestIsThere(address(port, "root", "")));
        return address(port, "guest", PASSWORD)
            .system(EvidenceLevel.EMBEDDED, () -> stop(server, home));
      } catch (RuntimeException e) {
        stop(server, home);
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static MysqlServer address(int port, String user, String password) {
    return new MysqlServer("127.0.0.1", port, user, password, true, MysqlServer.quietLogs());
  }

  private static boolean guestIsThere(MysqlServer address) throws SQLException {
    try (Connection connection = address.endpoint().connect();
        Statement statement = connection.createStatement()) {
      for (String sql : GUEST) {
        statement.execute(sql);
      }
      return true;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static void unpack(Path home) throws IOException {
    Process tar =
        new ProcessBuilder("tar", "-xz", "-C", home.toString())
            .redirectErrorStream(true)
            .redirectOutput(home.resolve("log").toFile())
            .start();
    try (InputStream archive =
        Objects.requireNonNull(
            TestingMySqlServer.class.getResourceAsStream("/mysql-Linux-amd64.tar.gz"))) {
      archive.transferTo(tar.getOutputStream());
    }
    tar.getOutputStream().close();
    if (end(tar) != 0) {
      throw new IOException("MySQL's archive was not unpacked.");
    }
    if (Files.exists(RENAMED)) {
      // Libraries are looked for beside the program, too.
      Files.createSymbolicLink(home.resolve("bin/libaio.so.1"), RENAMED);
    }
  }

  private static Process process(Path home, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(home.resolve("bin/mysqld").toString()));
    command.addAll(arguments);
    command.addAll(List.of("--user=root", "--datadir=" + home.resolve("data")));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(home.resolve("log").toFile())
        .start();
  }

  private static int end(Process process) throws IOException {
    try {
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IOException("MySQL did not end.");
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted.", e);
    }
  }

  private static void stop(Process server, Path home) {
    server.destroy();
    try {
      end(server);
      FileTree.remove(home);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

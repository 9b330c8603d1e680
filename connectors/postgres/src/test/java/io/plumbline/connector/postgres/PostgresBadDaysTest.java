package io.plumbline.connector.postgres;

import io.plumbline.connector.tck.SqlBadDaysContract;
import io.plumbline.matrix.lab.Deadline;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

final class PostgresBadDaysTest extends SqlBadDaysContract {
  PostgresBadDaysTest() {
    super(new PostgresConnector(), new PostgresConnector().sinkTypes());
  }

  @Override
  protected SqlServer start(Path directory) {
    PostgresSystem system =
        (PostgresSystem) new PostgresConnector().providers().get(0).start(directory);
    return new OwnServer(system, directory.resolve("postgres"));
  }

  private record OwnServer(PostgresSystem system, Path home) implements SqlServer {
    private ProcessHandle process() throws IOException {
      String pid = Files.readAllLines(home.resolve("data/postmaster.pid")).get(0).strip();
      return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
    }

    @Override
    public Connection connect() throws SQLException {
      return system.endpoint().connect("somebody else", Endpoint.Purpose.STATEMENTS);
    }

    @Override
    public boolean alive() {
      return answers();
    }

    /** The command is kept, so that the server can be started as it was. */
    @Override
    public void kill() {
      try {
        ProcessHandle process = process();
        List<ProcessHandle> workers = process.children().toList();
        Files.copy(
            Path.of("/proc", String.valueOf(process.pid()), "cmdline"),
            home.resolve("command"),
            StandardCopyOption.REPLACE_EXISTING);
        process.destroyForcibly();
        process.onExit().join();
        workers.forEach(worker -> worker.onExit().join());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void restart() {
      List<String> command = new ArrayList<>();
      try {
        if (System.getProperty("user.name").equals("root")) {
          // The server refuses to run as root.
          command.addAll(List.of("unshare", "-U"));
        }
        command.addAll(
            List.of(Files.readString(home.resolve("command"), StandardCharsets.UTF_8).split("\0")));
        Path log = home.resolve("again.log");
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
        if (!Deadline.in(Duration.ofSeconds(30)).await(this::answers)) {
          throw new IllegalStateException(Files.readString(log));
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private boolean answers() {
      try (Connection connection = connect()) {
        return connection.isValid(1);
      } catch (SQLException e) {
        return false;
      }
    }

    @Override
    public void close() {
      system.close();
    }
  }

  @Override
  protected List<String> lock(List<String> tables) {
    return tables.stream().map("LOCK TABLE %s IN ACCESS EXCLUSIVE MODE"::formatted).toList();
  }
}

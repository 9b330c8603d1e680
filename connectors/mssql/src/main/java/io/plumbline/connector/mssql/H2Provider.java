package io.plumbline.connector.mssql;

import io.plumbline.connector.jdbc.ChangeLog;
import io.plumbline.connector.jdbc.Endpoint;
import io.plumbline.connector.jdbc.JdbcSystem;
import io.plumbline.matrix.connector.EvidenceLevel;
import io.plumbline.matrix.connector.Feature;
import io.plumbline.matrix.connector.RunningSystem;
import io.plumbline.matrix.connector.SystemFailureException;
import io.plumbline.matrix.connector.SystemProvider;
import io.plumbline.matrix.lab.FileTree;
import io.plumbline.matrix.lab.QuietLogs;
import io.plumbline.matrix.registry.RunMode;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/**
 * H2 in SQL Server's place, within this JVM, for plain SQL alone: types, statements and
 * transactions. What only SQL Server has is named as missing.
 */
final class H2Provider implements SystemProvider {
  private static final Map<Feature, String> MISSING =
      Map.of(
          Feature.CHANGE_LOG,
          "change data capture needs SQL Server itself; H2, which stands in for it here, has none.");

  @Override
  public boolean serves(RunMode mode) {
    return mode == RunMode.MOCK_LOCAL;
  }

  @Override
  public RunningSystem start(Path workDirectory) {
    Path home = workDirectory.resolve("h2");
    Endpoint endpoint = endpoint(home);
    return new JdbcSystem(
        H2Dialect.ofDatabase(),
        endpoint,
        EvidenceLevel.STAND_IN,
        ChangeLog.NONE,
        MISSING,
        QuietLogs.of(),
        () -> stop(endpoint, home));
  }

  /**
   * The database of a folder; the first connection makes it. Its files are opened again after an
   * interrupt, which would close them; to let other threads read them costs half of the speed. Its
   * cache takes an eighth of the heap.
   */
  static Endpoint endpoint(Path home) {
    long cacheKilobytes = Runtime.getRuntime().maxMemory() / 8 / 1024;
    return new Endpoint(
        "jdbc:h2:retry:%s;MODE=MSSQLServer;DATABASE_TO_UPPER=FALSE;CASE_INSENSITIVE_IDENTIFIERS=TRUE"
                .formatted(home.resolve("mssql").toAbsolutePath())
            + ";DB_CLOSE_DELAY=-1;DB_CLOSE_ON_EXIT=FALSE;LOCK_TIMEOUT=60000;WRITE_DELAY=0;CACHE_SIZE="
            + cacheKilobytes,
        Map.of("user", "sa", "password", ""));
  }

  private static void stop(Endpoint endpoint, Path home) {
    try {
      try (Connection connection = endpoint.connect();
          Statement statement = connection.createStatement()) {
        statement.execute("SHUTDOWN");
      }
      FileTree.remove(home);
    } catch (SQLException | IOException e) {
      throw new SystemFailureException(
          MssqlTypes.FAMILY, "H2 was not removed from %s.".formatted(home), e);
    }
  }
}

package io.plumbline.connector.mssql;

import io.plumbline.connector.jdbc.Endpoint;
import io.plumbline.connector.tck.SqlBadDaysContract;
import io.plumbline.matrix.connector.RunningSystem;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;

final class MssqlBadDaysTest extends SqlBadDaysContract {
  MssqlBadDaysTest() {
    super(new MssqlConnector(), new MssqlConnector().sinkTypes());
  }

  @Override
  protected SqlServer start(Path directory) {
    RunningSystem system = new H2Provider().start(directory);
    Endpoint endpoint = H2Provider.endpoint(directory.resolve("h2"));
    // Once H2 writes over what it no longer needs, a kill may take it back to an older version.
    execute(endpoint, "SET RETENTION_TIME %d".formatted(Duration.ofDays(1).toMillis()));
    // The next connection opens the database again.
    return new OwnServer(
        system, endpoint, () -> execute(endpoint, "SHUTDOWN IMMEDIATELY"), () -> {});
  }

  private static void execute(Endpoint endpoint, String sql) {
    try (Connection connection = endpoint.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  protected List<String> lock(List<String> tables) {
    return OwnServer.lock(tables);
  }
}

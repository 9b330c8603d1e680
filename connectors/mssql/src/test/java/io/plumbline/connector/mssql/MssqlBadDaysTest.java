package io.plumbline.connector.mssql;

import io.plumbline.connector.jdbc.Endpoint;
import io.plumbline.connector.tck.SqlBadDaysContract;
import io.plumbline.matrix.connector.RunningSystem;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

final class MssqlBadDaysTest extends SqlBadDaysContract {
  MssqlBadDaysTest() {
    super(new MssqlConnector(), new MssqlConnector().sinkTypes());
  }

  @Override
  protected SqlServer start(Path directory) {
    RunningSystem system = new H2Provider().start(directory);
    Endpoint endpoint = H2Provider.endpoint(directory.resolve("h2"));
    return new SqlServer() {
      @Override
      public RunningSystem system() {
        return system;
      }

      @Override
      public Connection connect() throws SQLException {
        return endpoint.connect();
      }

      /** The next connection opens the database again. */
      @Override
      public boolean alive() {
        return true;
      }

      @Override
      public void kill() {
        try (Connection connection = connect();
            Statement statement = connection.createStatement()) {
          statement.execute("SHUTDOWN IMMEDIATELY");
        } catch (SQLException e) {
          throw new IllegalStateException(e);
        }
      }

      @Override
      public void restart() {
        // The next connection opens the database again.
      }

      @Override
      public void close() {
        system.close();
      }
    };
  }

  /** Readers of older versions never wait; writers wait for the rows. */
  @Override
  protected List<String> lock(List<String> tables) {
    return tables.stream().map("SELECT 1 FROM %s FOR UPDATE"::formatted).toList();
  }
}

package io.plumbline.connector.mssql;

import io.plumbline.connector.tck.SqlBadDaysContract;
import io.plumbline.matrix.connector.EvidenceLevel;
import io.plumbline.matrix.connector.RunningSystem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Connections of SQL Server's own driver that are cut in the middle. */
final class DriverBadDaysTest extends SqlBadDaysContract {
  DriverBadDaysTest() {
    super(new MssqlConnector(), new MssqlConnector().sinkTypes());
  }

  @Override
  protected SqlServer start(Path directory) {
    TdsLab lab;
    try {
      lab = TdsLab.start(directory.resolve("tds"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    RunningSystem system =
        io.plumbline.connector.mssql.SqlServer.of(lab.endpoint())
            .system(EvidenceLevel.STAND_IN, lab::close);
    return new SqlServer() {
      @Override
      public RunningSystem system() {
        return system;
      }

      @Override
      public Connection connect() throws SQLException {
        return lab.database().connect();
      }

      @Override
      public boolean alive() {
        return true;
      }

      @Override
      public void kill() {
        lab.front().kill();
      }

      @Override
      public void restart() {
        lab.front().resume();
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

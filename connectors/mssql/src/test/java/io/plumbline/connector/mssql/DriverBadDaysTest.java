package io.plumbline.connector.mssql;

import io.plumbline.connector.tck.SqlBadDaysContract;
import io.plumbline.matrix.connector.EvidenceLevel;
import io.plumbline.matrix.connector.RunningSystem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/** Connections of SQL Server's own driver that are cut in the middle. */
final class DriverBadDaysTest extends SqlBadDaysContract {
  DriverBadDaysTest() {
    super(new MssqlConnector(), new MssqlConnector().sinkTypes());
  }

  @Override
  protected SqlServer start(Path directory) {
    try {
      TdsLab lab = TdsLab.start(directory.resolve("tds"));
      RunningSystem system =
          io.plumbline.connector.mssql.SqlServer.of(lab.endpoint())
              .system(EvidenceLevel.STAND_IN, lab::close);
      return new OwnServer(system, lab.database(), lab.front()::kill, lab.front()::resume);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  protected List<String> lock(List<String> tables) {
    return OwnServer.lock(tables);
  }
}

package io.plumbline.connector.mssql;

import io.plumbline.connector.jdbc.tck.SinkContract;
import io.plumbline.matrix.connector.RunningSystem;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(StandIn.class)
final class MssqlSinkTest extends SinkContract {
  MssqlSinkTest(RunningSystem system) {
    super(new MssqlConnector(), new MssqlConnector().sinkTypes(), system);
  }
}

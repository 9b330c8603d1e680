package io.plumbline.connector.mssql;

import io.plumbline.connector.tck.SourceContract;
import io.plumbline.matrix.connector.RunningSystem;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(StandIn.class)
final class MssqlSourceTest extends SourceContract {
  MssqlSourceTest(RunningSystem system) {
    super(new MssqlConnector(), system);
  }
}

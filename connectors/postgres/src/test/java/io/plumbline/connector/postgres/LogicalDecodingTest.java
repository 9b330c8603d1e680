package io.plumbline.connector.postgres;

import io.plumbline.connector.tck.ChangeLogContract;
import io.plumbline.matrix.connector.RunningSystem;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Postgres.class)
final class LogicalDecodingTest extends ChangeLogContract {
  LogicalDecodingTest(RunningSystem system) {
    super(new PostgresConnector(), system);
  }
}

package io.plumbline.connector.postgres;

import io.plumbline.connector.tck.SourceContract;
import io.plumbline.matrix.connector.RunningSystem;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Postgres.class)
final class PostgresSourceTest extends SourceContract {
  PostgresSourceTest(RunningSystem system) {
    super(new PostgresConnector(), system);
  }
}

package io.plumbline.connector.mysql;

import io.plumbline.connector.tck.SourceContract;
import io.plumbline.matrix.connector.RunningSystem;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Mariadb.class)
final class MysqlSourceTest extends SourceContract {
  MysqlSourceTest(RunningSystem system) {
    super(new MysqlConnector(), system);
  }
}

package io.plumbline.connector.mysql;

import io.plumbline.connector.tck.ChangeLogContract;
import io.plumbline.matrix.connector.RunningSystem;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Mariadb.class)
final class BinlogTest extends ChangeLogContract {
  BinlogTest(RunningSystem system) {
    super(new MysqlConnector(), system);
  }
}

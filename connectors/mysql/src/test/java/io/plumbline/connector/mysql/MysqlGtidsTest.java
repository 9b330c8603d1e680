package io.plumbline.connector.mysql;

import io.plumbline.connector.tck.ChangeLogContract;
import io.plumbline.matrix.connector.RunningSystem;
import org.junit.jupiter.api.extension.ExtendWith;

/** Where transactions have ids, the log is read from behind a set of them. */
@ExtendWith(MysqlItself.WithGtids.class)
final class MysqlGtidsTest extends ChangeLogContract {
  MysqlGtidsTest(RunningSystem system) {
    super(new MysqlConnector(), system);
  }
}

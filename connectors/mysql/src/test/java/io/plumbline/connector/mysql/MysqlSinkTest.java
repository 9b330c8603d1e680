package io.plumbline.connector.mysql;

import io.plumbline.connector.jdbc.tck.SinkContract;
import io.plumbline.matrix.connector.RunningSystem;
import io.plumbline.matrix.connector.TypeMapping.Role;
import org.junit.jupiter.api.extension.ExtendWith;

/** The cube has no mysql sink; a swap of tables and a server of its own try the shared writer. */
@ExtendWith(Mariadb.class)
final class MysqlSinkTest extends SinkContract {
  MysqlSinkTest(RunningSystem system) {
    super(new MysqlConnector(), MysqlTypes.of(Role.SINK), system);
  }
}

package io.plumbline.connector.mysql;

import io.plumbline.connector.jdbc.JdbcException;
import io.plumbline.connector.tck.TableContract;
import io.plumbline.matrix.connector.Inspector.Observability;
import io.plumbline.matrix.connector.RunningSystem;
import io.plumbline.matrix.connector.TypeMapping.Role;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtendWith;

/** The cube has no mysql sink; a swap of tables and a server of its own try the shared writer. */
@ExtendWith(Mariadb.class)
final class MysqlSinkTest extends TableContract {
  MysqlSinkTest(RunningSystem system) {
    super(
        new MysqlConnector(),
        MysqlTypes.of(Role.SINK),
        system,
        new Observability(false, false, false));
  }

  @Override
  protected Optional<Refusal> refusalOfAKeyTwice() {
    return Optional.of(new Refusal(JdbcException.class, "serving 'mover "));
  }
}

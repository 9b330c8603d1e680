package io.plumbline.connector.mssql;

import io.plumbline.connector.jdbc.JdbcException;
import io.plumbline.connector.tck.TableContract;
import io.plumbline.matrix.connector.Inspector.Observability;
import io.plumbline.matrix.connector.RunningSystem;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(StandIn.class)
final class MssqlSinkTest extends TableContract {
  MssqlSinkTest(RunningSystem system) {
    super(
        new MssqlConnector(),
        new MssqlConnector().sinkTypes(),
        system,
        new Observability(false, false, false));
  }

  @Override
  protected Optional<Refusal> refusalOfAKeyTwice() {
    return Optional.of(new Refusal(JdbcException.class, "serving 'mover "));
  }
}

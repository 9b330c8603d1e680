package io.plumbline.connector.mssql;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.connector.jdbc.JdbcException;
import io.plumbline.connector.tck.ChangeLogContract;
import io.plumbline.connector.tck.SourceContract;
import io.plumbline.connector.tck.TableContract;
import io.plumbline.matrix.connector.Feature;
import io.plumbline.matrix.connector.Inspector.Observability;
import io.plumbline.matrix.connector.RunningSystem;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the stand-in keeps, SQL Server's own driver keeps, too. */
@ExtendWith(TdsLab.Shared.class)
final class DriverTest {
  private final RunningSystem system;

  DriverTest(RunningSystem system) {
    this.system = system;
  }

  @Test
  void itIsSqlServerByItsProtocolAndHasAChangeLog() {
    assertThat(system.info().product()).isEqualTo("Some Server");
    assertThat(system.info().version()).matches("2022 \\(16\\.\\d+\\..*\\)");
    assertThat(system.missing(Feature.CHANGE_LOG)).isEmpty();
  }

  @Nested
  final class ChangeTables extends ChangeLogContract {
    ChangeTables() {
      super(new MssqlConnector(), system);
    }
  }

  @Nested
  final class Reading extends SourceContract {
    Reading() {
      super(new MssqlConnector(), system);
    }
  }

  @Nested
  final class Writing extends TableContract {
    Writing() {
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
}

package io.plumbline.connector.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.connector.tck.ChangeLogContract;
import io.plumbline.connector.tck.SourceContract;
import io.plumbline.matrix.connector.Feature;
import io.plumbline.matrix.connector.RunningSystem;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What MariaDB shows of MySQL elsewhere is shown by MySQL itself here. */
@ExtendWith(MysqlItself.class)
final class MysqlItselfTest {
  private final RunningSystem system;

  MysqlItselfTest(RunningSystem system) {
    this.system = system;
  }

  @Test
  void itIsMysqlAndHasAChangeLog() {
    assertThat(system.info().product()).isEqualTo("MySQL");
    assertThat(system.info().version()).startsWith("8.");
    assertThat(system.missing(Feature.CHANGE_LOG)).isEmpty();
  }

  @Nested
  final class Reading extends SourceContract {
    Reading() {
      super(new MysqlConnector(), system);
    }
  }

  @Nested
  final class ChangeLog extends ChangeLogContract {
    ChangeLog() {
      super(new MysqlConnector(), system);
    }
  }
}

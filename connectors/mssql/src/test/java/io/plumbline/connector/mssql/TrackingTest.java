package io.plumbline.connector.mssql;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.connector.tck.ChangeLogContract;
import io.plumbline.matrix.connector.Feature;
import io.plumbline.matrix.connector.RunningSystem;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Changes by the second way: change tracking. */
@ExtendWith(TdsLab.SharedTracking.class)
final class TrackingTest {
  private final RunningSystem system;

  TrackingTest(RunningSystem system) {
    this.system = system;
  }

  @Test
  void whoeverAsksForItHasAChangeLog() {
    assertThat(system.missing(Feature.CHANGE_LOG)).isEmpty();
  }

  @Nested
  final class Reading extends ChangeLogContract {
    Reading() {
      super(new MssqlConnector(), system);
    }
  }
}

package io.plumbline.connector.clickhouse;

import io.plumbline.connector.tck.StrategiesContract;
import io.plumbline.matrix.oracle.Check;
import io.plumbline.matrix.registry.Strategy;
import java.util.EnumSet;
import java.util.Set;

final class StrategiesTest extends StrategiesContract {
  StrategiesTest() {
    super(
        new ClickhouseConnector(),
        EnumSet.complementOf(EnumSet.of(Strategy.XMIN, Strategy.CDC)),
        Set.of(Check.OPERATION_COUNTS));
  }

  @Override
  protected void assumeAvailable() {
    Clickhouse.library();
  }
}

package io.plumbline.connector.postgres;

import io.plumbline.connector.tck.StrategiesContract;
import io.plumbline.matrix.registry.Strategy;
import java.util.EnumSet;
import java.util.Set;

final class StrategiesTest extends StrategiesContract {
  StrategiesTest() {
    super(new PostgresConnector(), EnumSet.allOf(Strategy.class), Set.of());
  }
}

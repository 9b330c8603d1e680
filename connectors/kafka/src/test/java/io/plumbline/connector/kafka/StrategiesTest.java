package io.plumbline.connector.kafka;

import io.plumbline.connector.tck.StrategiesContract;
import io.plumbline.matrix.registry.Strategy;
import java.util.EnumSet;
import java.util.Set;

final class StrategiesTest extends StrategiesContract {
  StrategiesTest() {
    super(
        new KafkaConnector(),
        EnumSet.of(
            Strategy.FULL_REFRESH,
            Strategy.INCREMENTAL_APPEND,
            Strategy.INCREMENTAL_MERGE,
            Strategy.REPLACE,
            Strategy.SNAPSHOT_DIFF),
        Set.of());
  }
}

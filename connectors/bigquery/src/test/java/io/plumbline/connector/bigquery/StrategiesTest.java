package io.plumbline.connector.bigquery;

import static org.assertj.core.api.Assumptions.assumeThat;

import io.plumbline.connector.bigquery.service.RestServer;
import io.plumbline.connector.tck.StrategiesContract;
import io.plumbline.matrix.oracle.Check;
import io.plumbline.matrix.registry.Strategy;
import java.util.EnumSet;
import java.util.Set;

final class StrategiesTest extends StrategiesContract {
  StrategiesTest() {
    super(
        new PlayedSource(),
        EnumSet.complementOf(EnumSet.of(Strategy.XMIN, Strategy.CDC)),
        Set.of(Check.OPERATION_COUNTS, Check.UNTOUCHED_ROWS_UNTOUCHED));
  }

  @Override
  protected void assumeAvailable() {
    assumeThat(RestServer.missing()).isEmpty();
  }
}

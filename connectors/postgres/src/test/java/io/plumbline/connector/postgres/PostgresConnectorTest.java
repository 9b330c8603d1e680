package io.plumbline.connector.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.matrix.connector.ConnectorContract;
import org.junit.jupiter.api.Test;

class PostgresConnectorTest {

  @Test
  void keepsTheContractOfConnectors() {
    assertThat(ConnectorContract.violations(new PostgresConnector())).isEmpty();
  }
}

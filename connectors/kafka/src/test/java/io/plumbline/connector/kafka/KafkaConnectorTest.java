package io.plumbline.connector.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.matrix.connector.ColumnContract;
import io.plumbline.matrix.connector.ConnectorContract;
import io.plumbline.matrix.connector.TargetLayout;
import io.plumbline.matrix.dataset.Dataset;
import io.plumbline.matrix.dataset.Volume;
import java.util.List;
import org.junit.jupiter.api.Test;

class KafkaConnectorTest {
  private final KafkaConnector connector = new KafkaConnector();
  private final List<ColumnContract> contracts =
      ColumnContract.of(
          new Dataset(Volume.DEFAULT).columns(), connector.sourceTypes(), connector.sinkTypes());

  @Test
  void keepsTheContractOfConnectors() {
    assertThat(ConnectorContract.violations(connector)).isEmpty();
  }

  @Test
  void theDefinitionIsWrittenAsTheFamilyWritesIt() {
    assertThat(connector.targetDefinition("t", contracts, TargetLayout.KEYED))
        .contains(
            "\"id\":{\"type\":\"string\",\"format\":\"int64\",\"pattern\":\"^-?[0-9]{1,19}$\",\"x-logical-type\":\"bigint\"}",
            "\"updated_at\":{\"type\":\"string\",\"format\":\"date-time-local\",\"x-logical-type\":\"timestamp\"}");
  }
}

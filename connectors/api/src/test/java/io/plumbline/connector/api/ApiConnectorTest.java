package io.plumbline.connector.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.matrix.connector.ColumnContract;
import io.plumbline.matrix.connector.ConnectorContract;
import io.plumbline.matrix.dataset.Dataset;
import io.plumbline.matrix.dataset.Volume;
import java.util.List;
import org.junit.jupiter.api.Test;

class ApiConnectorTest {
  private final ApiConnector connector = new ApiConnector();
  private final List<ColumnContract> contracts =
      ColumnContract.of(
          new Dataset(Volume.DEFAULT).columns(), connector.sourceTypes(), connector.sourceTypes());

  @Test
  void keepsTheContractOfConnectors() {
    assertThat(ConnectorContract.violations(connector)).isEmpty();
  }

  @Test
  void theDefinitionIsWrittenAsTheFamilyWritesIt() {
    assertThat(connector.sourceDefinition("t", contracts))
        .contains(
            "\"id\":{\"type\":\"string\",\"format\":\"int64\",\"pattern\":\"^-?[0-9]{1,19}$\",\"x-logical-type\":\"bigint\"}",
            "\"updated_at\":{\"type\":\"string\",\"format\":\"date-time-local\",\"x-logical-type\":\"timestamp\"}");
  }
}

package io.plumbline.connector.bigquery;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.matrix.connector.ColumnContract;
import io.plumbline.matrix.connector.ConnectorContract;
import io.plumbline.matrix.connector.TargetLayout;
import io.plumbline.matrix.dataset.Dataset;
import io.plumbline.matrix.dataset.Volume;
import java.util.List;
import org.junit.jupiter.api.Test;

class BigqueryConnectorTest {
  private final BigqueryConnector connector = new BigqueryConnector();
  private final List<ColumnContract> contracts =
      ColumnContract.of(
          new Dataset(Volume.DEFAULT).columns(), connector.sinkTypes(), connector.sinkTypes());

  @Test
  void keepsTheContractOfConnectors() {
    assertThat(ConnectorContract.violations(connector)).isEmpty();
  }

  @Test
  void theDefinitionIsWrittenAsTheFamilyWritesIt() {
    assertThat(connector.targetDefinition("plumbline.t", contracts, TargetLayout.KEYED))
        .contains(
            "CREATE TABLE `plumbline`.`t` (",
            "`id` INT64 NOT NULL",
            "`w005_decimal_38_10` BIGNUMERIC(38, 10)",
            "PARTITION BY `business_date`");
  }
}

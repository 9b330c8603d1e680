package io.plumbline.connector.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.matrix.connector.ColumnContract;
import io.plumbline.matrix.connector.ConnectorContract;
import io.plumbline.matrix.dataset.Dataset;
import io.plumbline.matrix.dataset.Volume;
import java.util.List;
import org.junit.jupiter.api.Test;

class MysqlConnectorTest {
  private final MysqlConnector connector = new MysqlConnector();
  private final List<ColumnContract> contracts =
      ColumnContract.of(
          new Dataset(Volume.DEFAULT).columns(), connector.sourceTypes(), connector.sourceTypes());

  @Test
  void keepsTheContractOfConnectors() {
    assertThat(ConnectorContract.violations(connector)).isEmpty();
  }

  @Test
  void theDefinitionIsWrittenAsTheFamilyWritesIt() {
    assertThat(connector.sourceDefinition("plumbline.t", contracts))
        .contains(
            "CREATE TABLE `plumbline`.`t` (",
            "`id` bigint NOT NULL",
            "`updated_at` datetime(6)",
            "PRIMARY KEY (`id`)",
            ") CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;");
  }
}

package io.plumbline.connector.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.matrix.connector.ColumnContract;
import io.plumbline.matrix.connector.ConnectorContract;
import io.plumbline.matrix.connector.TargetLayout;
import io.plumbline.matrix.dataset.Dataset;
import io.plumbline.matrix.dataset.Volume;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClickhouseConnectorTest {
  private final ClickhouseConnector connector = new ClickhouseConnector();
  private final List<ColumnContract> contracts =
      ColumnContract.of(
          new Dataset(Volume.DEFAULT).columns(), connector.sourceTypes(), connector.sinkTypes());

  @Test
  void keepsTheContractOfConnectors() {
    assertThat(ConnectorContract.violations(connector)).isEmpty();
  }

  @Test
  void theDefinitionIsWrittenAsTheFamilyWritesIt() {
    assertThat(connector.targetDefinition("plumbline.t", contracts, TargetLayout.KEYED))
        .contains(
            "CREATE TABLE `plumbline`.`t` (",
            "`id` Int64,",
            "`w109_uint64` Nullable(UInt64)",
            "ENGINE = ReplacingMergeTree(`_version`, `_deleted`)");
  }
}

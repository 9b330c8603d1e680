package io.plumbline.connector.mssql;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.matrix.connector.ColumnContract;
import io.plumbline.matrix.connector.ConnectorContract;
import io.plumbline.matrix.connector.TargetLayout;
import io.plumbline.matrix.dataset.Dataset;
import io.plumbline.matrix.dataset.Volume;
import java.util.List;
import org.junit.jupiter.api.Test;

class MssqlConnectorTest {
  private final MssqlConnector connector = new MssqlConnector();
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
            "CREATE TABLE [plumbline].[t] (",
            "[id] bigint NOT NULL",
            "[updated_at] datetime2(6)",
            "[w017_datetime2_7] datetime2(7)",
            "PRIMARY KEY ([id])");
  }
}

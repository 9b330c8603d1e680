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
  void aKeyedTargetKeepsTheGreatestVersionOfAKey() {
    assertThat(connector.targetDefinition("plumbline.t", contracts, TargetLayout.KEYED))
        .startsWith(
            """
            CREATE TABLE `plumbline`.`t` (
              `id` Int64,
              `business_date` Date32,
              `updated_at` DateTime64(6, 'UTC'),
              `version` Int32,
              `amount` Decimal(18, 4),
              `is_deleted` Bool,
              `w001_smallint` Nullable(Int16),
            """)
        .contains(
            "`w013_date` Nullable(String)",
            "`w014_time` Nullable(Time64(6))",
            "`w030_enum_text` LowCardinality(Nullable(String))",
            "`w109_uint64` Nullable(UInt64)")
        .endsWith(
            """
              `_version` UInt64,
              `_deleted` UInt8
            )
            ENGINE = ReplacingMergeTree(`_version`, `_deleted`)
            PARTITION BY `business_date`
            ORDER BY (`id`)
            SETTINGS enable_block_number_column = 1, enable_block_offset_column = 1;
            """);
  }

  @Test
  void aHistoryKeepsTheGreatestVersionOfAnInterval() {
    assertThat(connector.targetDefinition("t", contracts, TargetLayout.HISTORY))
        .contains(
            """
              `valid_from` DateTime64(6, 'UTC'),
              `valid_to` Nullable(DateTime64(6, 'UTC')),
              `is_current` Bool,
              `_version` UInt64,
            """,
            "ORDER BY (`id`, `valid_from`)");
  }

  @Test
  void anAppendedTargetCollapsesNothing() {
    assertThat(connector.targetDefinition("t", contracts, TargetLayout.APPEND))
        .contains("`_load_id` LowCardinality(String)\n)\nENGINE = MergeTree\nORDER BY (`id`)");
  }
}

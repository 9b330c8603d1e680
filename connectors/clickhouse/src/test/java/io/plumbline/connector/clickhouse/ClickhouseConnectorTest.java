package io.plumbline.connector.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.matrix.connector.ColumnContract;
import io.plumbline.matrix.connector.Connector;
import io.plumbline.matrix.connector.Fidelity;
import io.plumbline.matrix.connector.TargetLayout;
import io.plumbline.matrix.connector.TypeMapping;
import io.plumbline.matrix.connector.TypeMapping.Declaration;
import io.plumbline.matrix.dataset.Dataset;
import io.plumbline.matrix.dataset.LogicalType;
import io.plumbline.matrix.dataset.Volume;
import java.math.BigDecimal;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class ClickhouseConnectorTest {
  private final ClickhouseConnector connector = new ClickhouseConnector();
  private final Dataset dataset =
      new Dataset(new Volume(1, BigDecimal.ZERO, BigDecimal.ZERO, 120, 1));
  private final List<ColumnContract> contracts =
      ColumnContract.of(dataset.columns(), connector.sourceTypes(), connector.sinkTypes());

  @Test
  void isFound() {
    assertThat(ServiceLoader.load(Connector.class))
        .hasAtLeastOneElementOfType(ClickhouseConnector.class);
    assertThat(connector.family().id()).isEqualTo("clickhouse");
  }

  @Test
  void everyTypeIsDeclaredAndWhatIsMissingHasAReason() {
    for (TypeMapping types : List.of(connector.sourceTypes(), connector.sinkTypes())) {
      for (LogicalType type : LogicalType.values()) {
        Declaration declaration = types.of(type);
        if (declaration.fidelity() instanceof Fidelity.Unsupported unsupported) {
          assertThat(unsupported.reason()).as(type.id()).endsWith(".").hasSizeGreaterThan(20);
        } else {
          assertThat(declaration.nativeType()).as(type.id()).isNotBlank();
        }
      }
    }
  }

  @Test
  void keysAndCursorsAreExact() {
    for (TypeMapping types : List.of(connector.sourceTypes(), connector.sinkTypes())) {
      assertThat(dataset.columns().subList(0, 6))
          .allSatisfy(
              column ->
                  assertThat(types.of(column, column.type()).fidelity())
                      .isEqualTo(new Fidelity.Exact()));
    }
  }

  @Test
  void everyTargetNamesTheColumnsItSupportsAndNoOther() {
    for (TargetLayout layout : TargetLayout.values()) {
      String definition = connector.targetDefinition("plumbline.t", contracts, layout);
      for (ColumnContract contract : contracts) {
        assertThat(definition.contains(contract.column().name()))
            .as(contract.column().name())
            .isEqualTo(contract.atTarget());
      }
    }
  }

  @Test
  void textThatASourceHandsOnIsKept() {
    assertThat(connector.sinkTypes().of(LogicalType.LONG_TEXT).fidelity())
        .isEqualTo(new Fidelity.Exact());
  }

  @Test
  void theSourceNamesTheColumnsItSupportsAndNoOther() {
    String definition = connector.sourceDefinition("plumbline.t", contracts);
    for (ColumnContract contract : contracts) {
      assertThat(definition.contains(contract.column().name()))
          .as(contract.column().name())
          .isEqualTo(contract.atSource());
    }
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

package io.plumbline.connector.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.matrix.connector.ColumnContract;
import io.plumbline.matrix.connector.Fidelity;
import io.plumbline.matrix.connector.TargetLayout;
import io.plumbline.matrix.connector.TypeMapping.Declaration;
import io.plumbline.matrix.dataset.Column;
import io.plumbline.matrix.dataset.LogicalType;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TableDefinitionTest {
  private static final SqlDialect BRACKETS =
      new SqlDialect("[", "]", "varchar(100)", "datetime2(6)", "bit");

  private final List<ColumnContract> contracts =
      List.of(
          contract(0, "id", LogicalType.BIGINT, "bigint", "number"),
          contract(1, "w001_date", LogicalType.DATE, "date", "day"),
          contract(2, "w002_xml", LogicalType.XML, "xml", ""));

  private static ColumnContract contract(
      int index, String name, LogicalType type, String source, String sink) {
    return new ColumnContract(
        new Column(index, name, type, 0), declaration(type, source), declaration(type, sink));
  }

  private static Declaration declaration(LogicalType type, String nativeType) {
    return new Declaration(
        type,
        nativeType,
        nativeType.isEmpty() ? new Fidelity.Unsupported("There is none.") : new Fidelity.Exact());
  }

  @Test
  void namesAreQuotedPartByPart() {
    assertThat(BRACKETS.quotePath("a.b]c")).isEqualTo("[a].[b]]c]");
  }

  @Test
  void theSourceHasItsOwnTypesAndAKey() {
    assertThat(TableDefinition.ofSource(BRACKETS, contracts).script("s.orders"))
        .isEqualTo(
            """
            CREATE TABLE [s].[orders] (
              [id] bigint NOT NULL,
              [w001_date] date,
              [w002_xml] xml,
              PRIMARY KEY ([id])
            );
            """);
  }

  @Test
  void tableOptionsFollowTheColumns() {
    SqlDialect dialect = new SqlDialect("`", "`", "text", "datetime", "bool", "CHARSET utf8mb4");
    TableDefinition table = TableDefinition.ofSource(dialect, contracts.subList(0, 1));
    assertThat(table.createBare("t"))
        .isEqualTo(
            """
            CREATE TABLE `t` (
              `id` bigint NOT NULL
            ) CHARSET utf8mb4""");
  }

  @Test
  void aKeyedTargetLeavesOutWhatTheSinkLacks() {
    TableDefinition table = TableDefinition.ofTarget(BRACKETS, contracts, TargetLayout.KEYED);
    assertThat(table.columnList()).isEqualTo("[id], [w001_date]");
    assertThat(table.createBare("orders")).doesNotContain("PRIMARY KEY");
    assertThat(table.addKey("orders"))
        .containsExactly("ALTER TABLE [orders] ADD PRIMARY KEY ([id])");
    assertThat(table.createIndexes("orders", "orders")).isEmpty();
  }

  @Test
  void anAppendedTargetKnowsTheLoadOfEachRow() {
    assertThat(TableDefinition.ofTarget(BRACKETS, contracts, TargetLayout.APPEND).script("orders"))
        .isEqualTo(
            """
            CREATE TABLE [orders] (
              [id] number NOT NULL,
              [w001_date] day,
              [_load_id] varchar(100) NOT NULL
            );
            CREATE INDEX [orders__load_id] ON [orders] ([_load_id]);
            """);
  }

  @Test
  void aHistoryHasIntervalsAndNoKey() {
    assertThat(TableDefinition.ofTarget(BRACKETS, contracts, TargetLayout.HISTORY).script("orders"))
        .isEqualTo(
            """
            CREATE TABLE [orders] (
              [id] number NOT NULL,
              [w001_date] day,
              [valid_from] datetime2(6) NOT NULL,
              [valid_to] datetime2(6),
              [is_current] bit NOT NULL
            );
            CREATE INDEX [orders_id] ON [orders] ([id]);
            """);
  }
}

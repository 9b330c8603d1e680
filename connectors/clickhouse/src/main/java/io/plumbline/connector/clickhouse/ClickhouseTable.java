package io.plumbline.connector.clickhouse;

import io.plumbline.connector.jdbc.TableDefinition;
import io.plumbline.connector.jdbc.TableDefinition.TableColumn;
import io.plumbline.matrix.connector.ColumnContract;
import io.plumbline.matrix.connector.TargetLayout;
import io.plumbline.matrix.dataset.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A table of the documented volume in ClickHouse.
 *
 * <p>Where a key occurs once, every write adds a physical row, and of the rows with one sorting key
 * the one with the greatest {@link #VERSION} counts, unless it is {@link #DELETED}: see "Replacing
 * MergeTree" (<a
 * href="https://clickhouse.com/docs/engines/table-engines/mergetree-family/replacingmergetree">
 * ReplacingMergeTree table engine</a>).
 *
 * @param definition columns and their types
 * @param bookkeeping columns that are no part of what a pair promises
 * @param engine what follows the columns
 */
record ClickhouseTable(TableDefinition definition, List<TableColumn> bookkeeping, String engine) {
  /** Greater in each later write of a row. */
  static final String VERSION = "_version";

  /** 1 in a row that takes its key away. */
  static final String DELETED = "_deleted";

  private static final List<TableColumn> COLLAPSING_COLUMNS =
      List.of(new TableColumn(VERSION, "UInt64", true), new TableColumn(DELETED, "UInt8", true));

  /** So that merges keep the place at which a row was inserted; the inspector tells it. */
  private static final String KEPT_PLACES =
      "\nSETTINGS enable_block_number_column = 1, enable_block_offset_column = 1";

  /** What the vendor recommends: see "Custom partitioning key". */
  private static final String MONTHS = "toYYYYMM(`business_date`)";

  /** Where days are replaced as a whole. */
  private static final String DAYS = "`business_date`";

  static ClickhouseTable ofSource(List<ColumnContract> columns) {
    TableDefinition table = TableDefinition.ofSource(ClickhouseTypes.DIALECT, columns);
    return new ClickhouseTable(
        nullable(table, columns), COLLAPSING_COLUMNS, collapsing(MONTHS, TableDefinition.ID));
  }

  static ClickhouseTable ofTarget(List<ColumnContract> columns, TargetLayout layout) {
    TableDefinition table =
        nullable(TableDefinition.ofTarget(ClickhouseTypes.DIALECT, columns, layout), columns);
    return switch (layout) {
      case KEYED ->
          new ClickhouseTable(
              table, COLLAPSING_COLUMNS, collapsing(DAYS, TableDefinition.ID) + KEPT_PLACES);
      case HISTORY ->
          new ClickhouseTable(
              table,
              COLLAPSING_COLUMNS,
              collapsing(MONTHS, TableDefinition.ID, TableDefinition.VALID_FROM) + KEPT_PLACES);
      case APPEND ->
          new ClickhouseTable(
              table,
              List.of(),
              "\nENGINE = MergeTree\nORDER BY (%s)".formatted(quoted(TableDefinition.ID))
                  + KEPT_PLACES);
    };
  }

  private static String collapsing(String partitions, String... sortingKey) {
    return """

        ENGINE = ReplacingMergeTree(%s, %s)
        PARTITION BY %s
        ORDER BY (%s)"""
        .formatted(
            quoted(VERSION),
            quoted(DELETED),
            partitions,
            Stream.of(sortingKey).map(ClickhouseTable::quoted).collect(Collectors.joining(", ")));
  }

  /** Columns hold no NULL unless their type says so; sorting and partition keys must not. */
  private static TableDefinition nullable(TableDefinition table, List<ColumnContract> contracts) {
    Set<String> documented =
        contracts.stream()
            .map(ColumnContract::column)
            .filter(column -> !column.wide())
            .map(Column::name)
            .collect(Collectors.toSet());
    return new TableDefinition(
        table.dialect(),
        table.columns().stream()
            .map(
                column ->
                    column.required() || documented.contains(column.name())
                        ? new TableColumn(column.name(), column.type(), true)
                        : new TableColumn(column.name(), nullable(column.type()), false))
            .toList(),
        false,
        List.of());
  }

  private static String nullable(String type) {
    return type.equals("LowCardinality(String)")
        ? "LowCardinality(Nullable(String))"
        : "Nullable(" + type + ")";
  }

  private static String quoted(String name) {
    return ClickhouseTypes.DIALECT.quote(name);
  }

  /** The statement that makes the table. */
  String create(String path) {
    List<TableColumn> all = new ArrayList<>(definition.columns());
    all.addAll(bookkeeping);
    List<TableColumn> typed =
        all.stream().map(c -> new TableColumn(c.name(), c.type(), false)).toList();
    return new TableDefinition(definition.dialect(), typed, false, List.of()).createBare(path)
        + engine;
  }
}

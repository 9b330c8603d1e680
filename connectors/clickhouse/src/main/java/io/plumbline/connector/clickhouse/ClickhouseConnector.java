package io.plumbline.connector.clickhouse;

import io.plumbline.connector.jdbc.TableDefinition;
import io.plumbline.connector.jdbc.TableDefinition.TableColumn;
import io.plumbline.matrix.connector.ColumnContract;
import io.plumbline.matrix.connector.Connector;
import io.plumbline.matrix.connector.Feature;
import io.plumbline.matrix.connector.TargetLayout;
import io.plumbline.matrix.connector.Trait;
import io.plumbline.matrix.connector.TypeMapping;
import io.plumbline.matrix.connector.TypeMapping.Role;
import io.plumbline.matrix.dataset.Column;
import io.plumbline.matrix.registry.Family;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The ClickHouse family. */
public final class ClickhouseConnector implements Connector {
  private final TypeMapping sourceTypes = ClickhouseTypes.of(Role.SOURCE);
  private final TypeMapping sinkTypes = ClickhouseTypes.of(Role.SINK);

  /** Called by {@link java.util.ServiceLoader}. */
  public ClickhouseConnector() {}

  @Override
  public Family family() {
    return ClickhouseTypes.FAMILY;
  }

  @Override
  public Trait trait() {
    return Trait.COLLAPSED_ON_READ;
  }

  @Override
  public Set<Feature> features() {
    return Set.of(
        Feature.SNAPSHOT,
        Feature.CURSOR,
        Feature.SLICES,
        Feature.REPLACE_ALL,
        Feature.APPEND,
        Feature.MERGE,
        Feature.REPLACE_WINDOW,
        Feature.PARTITIONS,
        Feature.HISTORY);
  }

  @Override
  public TypeMapping sourceTypes() {
    return sourceTypes;
  }

  @Override
  public TypeMapping sinkTypes() {
    return sinkTypes;
  }

  @Override
  public String targetDefinition(String name, List<ColumnContract> columns, TargetLayout layout) {
    TableDefinition table =
        table(TableDefinition.ofTarget(ClickhouseTypes.DIALECT, columns, layout), columns);
    return switch (layout) {
      case KEYED -> collapsing(table, name, "`id`");
      case HISTORY -> collapsing(table, name, "`id`, `valid_from`");
      case APPEND -> table.createBare(name) + "\nENGINE = MergeTree\nORDER BY (`id`);\n";
    };
  }

  @Override
  public String sourceDefinition(String name, List<ColumnContract> columns) {
    return collapsing(
        table(TableDefinition.ofSource(ClickhouseTypes.DIALECT, columns), columns), name, "`id`");
  }

  /** Versions of a row are kept; the greatest {@code _version} remains, unless it is a deletion. */
  private static String collapsing(TableDefinition table, String name, String order) {
    List<TableColumn> columns = new ArrayList<>(table.columns());
    columns.add(new TableColumn("_version", "UInt64", false));
    columns.add(new TableColumn("_deleted", "UInt8", false));
    return new TableDefinition(table.dialect(), columns, false, List.of()).createBare(name)
        + "\nENGINE = ReplacingMergeTree(`_version`, `_deleted`)"
        + "\nPARTITION BY (`business_date`)\nORDER BY (%s);\n".formatted(order);
  }

  /** Columns are not nullable unless their type says so; keys and partitions must not be. */
  private static TableDefinition table(TableDefinition table, List<ColumnContract> contracts) {
    Set<String> fixed =
        contracts.stream()
            .map(ColumnContract::column)
            .filter(column -> !column.wide())
            .map(Column::name)
            .collect(Collectors.toSet());
    List<TableColumn> columns =
        table.columns().stream()
            .map(
                column ->
                    column.required() || fixed.contains(column.name())
                        ? new TableColumn(column.name(), column.type(), false)
                        : new TableColumn(column.name(), "Nullable(" + column.type() + ")", false))
            .toList();
    return new TableDefinition(table.dialect(), columns, false, List.of());
  }
}

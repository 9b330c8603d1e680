package io.plumbline.connector.jdbc;

import io.plumbline.matrix.connector.ColumnContract;
import io.plumbline.matrix.connector.TargetLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apiguardian.api.API;

/**
 * A table of the documented volume in a SQL product: its columns with the product's own types, and
 * what its layout adds.
 *
 * @param dialect how the product writes it
 * @param columns in table order
 * @param keyed true for a primary key on {@code id}
 * @param indexed columns with an index of their own
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public record TableDefinition(
    SqlDialect dialect, List<TableColumn> columns, boolean keyed, List<String> indexed) {

  /** The key column. */
  public static final String ID = "id";

  /** The load that added a row; only in {@link TargetLayout#APPEND}. */
  public static final String LOAD_ID = "_load_id";

  /** When a version became valid; only in {@link TargetLayout#HISTORY}. */
  public static final String VALID_FROM = "valid_from";

  /** When a version ended, NULL while current; only in {@link TargetLayout#HISTORY}. */
  public static final String VALID_TO = "valid_to";

  /** True for the current version; only in {@link TargetLayout#HISTORY}. */
  public static final String IS_CURRENT = "is_current";

  /**
   * A column of the table.
   *
   * @param name its name
   * @param type its type as it stands in DDL
   * @param required true for NOT NULL
   */
  public record TableColumn(String name, String type, boolean required) {}

  /** Keeps unmodifiable copies. */
  public TableDefinition {
    columns = List.copyOf(columns);
    indexed = List.copyOf(indexed);
  }

  /** The source's table: every column that the source supports, keyed by {@code id}. */
  public static TableDefinition ofSource(SqlDialect dialect, List<ColumnContract> contracts) {
    return new TableDefinition(
        dialect,
        contracts.stream()
            .filter(ColumnContract::atSource)
            .map(c -> column(c, c.source().nativeType()))
            .toList(),
        true,
        List.of());
  }

  /** The target's table in a layout: every column that the pair supports. */
  public static TableDefinition ofTarget(
      SqlDialect dialect, List<ColumnContract> contracts, TargetLayout layout) {
    List<TableColumn> columns = new ArrayList<>();
    contracts.stream()
        .filter(ColumnContract::atTarget)
        .map(c -> column(c, c.sink().nativeType()))
        .forEach(columns::add);
    return switch (layout) {
      case KEYED -> new TableDefinition(dialect, columns, true, List.of());
      case APPEND -> {
        columns.add(new TableColumn(LOAD_ID, dialect.loadIdType(), true));
        yield new TableDefinition(dialect, columns, false, List.of(LOAD_ID));
      }
      case HISTORY -> {
        columns.add(new TableColumn(VALID_FROM, dialect.validityType(), true));
        columns.add(new TableColumn(VALID_TO, dialect.validityType(), false));
        columns.add(new TableColumn(IS_CURRENT, dialect.flagType(), true));
        yield new TableDefinition(dialect, columns, false, List.of(ID));
      }
    };
  }

  // Only the key is required: whether other cells may be NULL is for the oracle to say, not for a
  // constraint that would hide the difference behind an error.
  private static TableColumn column(ColumnContract contract, String type) {
    String name = contract.column().name();
    return new TableColumn(name, type, name.equals(ID));
  }

  /** The quoted names of all columns, separated by commas. */
  public String columnList() {
    return columns.stream().map(c -> dialect.quote(c.name())).collect(Collectors.joining(", "));
  }

  /** The statement that makes the table, without its key and indexes. */
  public String createBare(String path) {
    return create(path, List.of());
  }

  /** The statement that makes the table with its key. */
  public String create(String path) {
    return create(path, keyed ? List.of("PRIMARY KEY (" + dialect.quote(ID) + ")") : List.of());
  }

  private String create(String path, List<String> constraints) {
    List<String> lines = new ArrayList<>();
    for (TableColumn column : columns) {
      lines.add(
          dialect.quote(column.name())
              + " "
              + column.type()
              + (column.required() ? " NOT NULL" : ""));
    }
    lines.addAll(constraints);
    String options = dialect.tableOptions();
    return "CREATE TABLE %s (\n  %s\n)%s"
        .formatted(
            dialect.quotePath(path),
            String.join(",\n  ", lines),
            options.isEmpty() ? "" : " " + options);
  }

  /** The statements that give a bare table its key. */
  public List<String> addKey(String path) {
    return keyed
        ? List.of(
            "ALTER TABLE %s ADD PRIMARY KEY (%s)"
                .formatted(dialect.quotePath(path), dialect.quote(ID)))
        : List.of();
  }

  /**
   * The statements that make the indexes.
   *
   * @param prefix begins the index names, so that a table that takes another's place can have its
   *     own
   */
  public List<String> createIndexes(String path, String prefix) {
    return indexed.stream()
        .map(
            column ->
                "CREATE INDEX %s ON %s (%s)"
                    .formatted(
                        dialect.quote(prefix + "_" + column),
                        dialect.quotePath(path),
                        dialect.quote(column)))
        .toList();
  }

  /** All statements that make the table, for documents. */
  public String script(String path) {
    List<String> statements = new ArrayList<>();
    statements.add(create(path));
    statements.addAll(createIndexes(path, path.substring(path.lastIndexOf('.') + 1)));
    return String.join(";\n", statements) + ";\n";
  }
}

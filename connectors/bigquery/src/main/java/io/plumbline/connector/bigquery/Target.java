package io.plumbline.connector.bigquery;

import io.plumbline.connector.jdbc.TableDefinition;
import io.plumbline.connector.jdbc.TableDefinition.TableColumn;
import io.plumbline.matrix.connector.CaseScope;
import io.plumbline.matrix.connector.ColumnContract;
import io.plumbline.matrix.connector.LoadPlan;
import io.plumbline.matrix.connector.TargetLayout;
import io.plumbline.matrix.connector.WriteAction;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The statements that a load needs. Each action is one MERGE, which is done as a whole or not at
 * all: "MERGE statement" ({@code
 * https://cloud.google.com/bigquery/docs/reference/standard-sql/dml-syntax#merge_statement}); on a
 * condition that is never true it replaces what it is told to by the rows of its source. So the
 * target is the same table for as long as the case lasts. An emulator takes rows from a table only,
 * and not from a query.
 */
final class Target {
  /** Greater in a later row of the load. */
  static final String SEQUENCE = "_seq";

  /** True in a row that takes its key away; its other cells are NULL. */
  static final String DELETED = "_deleted";

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS", Locale.ROOT);

  private final CaseNames names;
  private final TargetLayout layout;
  private final List<ColumnContract> columns;
  private final TableDefinition definition;
  private final String stageName;
  private final String lastName;
  private final String target;
  private final String stage;
  private final String arranged;
  private final String last;

  Target(CaseScope scope, CaseNames names, String stage) {
    this.names = names;
    this.layout = scope.layout();
    this.columns = scope.columns().stream().filter(ColumnContract::atTarget).toList();
    this.definition = TableDefinition.ofTarget(BigqueryTypes.DIALECT, columns, layout);
    this.target = names.quoted(CaseNames.TABLE);
    this.stageName = stage;
    this.lastName = stage + "_last";
    this.stage = names.quoted(stageName);
    this.arranged = names.quoted(lastName);
    this.last =
        "FROM %1$s s WHERE s.%2$s IN (SELECT MAX(k.%2$s) FROM %1$s k GROUP BY k.id)"
            .formatted(this.stage, SEQUENCE);
  }

  /** The tables that the load makes for itself. */
  List<String> own() {
    return List.of(stageName, lastName);
  }

  /** The columns that rows bring with them. */
  List<ColumnContract> columns() {
    return columns;
  }

  /** Makes the target. */
  String create() {
    return BigqueryConnector.create(names.path(CaseNames.TABLE), columns, layout);
  }

  /** Makes the table that the rows of the load wait in. */
  String createStage() {
    List<TableColumn> all = new ArrayList<>();
    for (TableColumn column :
        TableDefinition.ofTarget(BigqueryTypes.DIALECT, columns, TargetLayout.KEYED).columns()) {
      all.add(
          new TableColumn(
              column.name(), bytes(column.type()) ? "STRING" : column.type(), column.required()));
    }
    all.add(new TableColumn(SEQUENCE, "INT64", true));
    all.add(new TableColumn(DELETED, "BOOL", true));
    return new TableDefinition(BigqueryTypes.DIALECT, all, false, List.of())
        .createBare(names.path(stageName));
  }

  private static boolean bytes(String type) {
    return type.startsWith("BYTES");
  }

  /**
   * Makes the table from which rows are published, where that is not the stage: with the last row
   * of each key.
   *
   * <p>For a history each key is there once to close its current version and to take back what an
   * earlier attempt of the load opened, and once more, under no key, to open a version.
   */
  Optional<String> arrange(LoadPlan plan) {
    if (everyRow()) {
      return Optional.empty();
    }
    String rows =
        plan.action() == WriteAction.HISTORY
            ? """
            SELECT s.id AS _closes, s.* %1$s
            UNION ALL
            SELECT CAST(NULL AS INT64) AS _closes, s.* %1$s AND NOT s.%2$s"""
                .formatted(last, DELETED)
            : "SELECT s.* " + last;
    return Optional.of("CREATE TABLE %s AS\n%s".formatted(arranged, rows));
  }

  /** True when every row of a key is published, and not its last one. */
  private boolean everyRow() {
    return layout == TargetLayout.APPEND;
  }

  /** Makes the staged rows the target's, as the load's action has it. */
  String publish(LoadPlan plan) {
    return switch (plan.action()) {
      case REPLACE_ALL -> replace(plan, "TRUE");
      case REPLACE_WINDOW -> replace(plan, within("t.business_date", plan));
      case APPEND -> replace(plan, ofThisLoad(plan));
      case MERGE -> merge();
      case HISTORY -> history(plan);
    };
  }

  /**
   * Rows of the load take the place of some of the target's.
   *
   * @param replaced condition of the target's
   */
  private String replace(LoadPlan plan, String replaced) {
    return """
    MERGE INTO %1$s t
    USING %2$s s
    ON FALSE
    WHEN NOT MATCHED BY SOURCE AND %3$s THEN DELETE
    WHEN NOT MATCHED AND NOT s.%4$s THEN INSERT (%5$s) VALUES (%6$s)
    """
        .formatted(
            target,
            everyRow() ? stage : arranged,
            replaced,
            DELETED,
            definition.columnList(),
            inserted(plan));
  }

  private String merge() {
    return """
    MERGE INTO %1$s t
    USING %2$s s
    ON t.id = s.id
    WHEN MATCHED AND s.%3$s THEN DELETE
    WHEN MATCHED THEN UPDATE SET %4$s
    WHEN NOT MATCHED AND NOT s.%3$s THEN INSERT (%5$s) VALUES (%6$s)
    """
        .formatted(
            target,
            arranged,
            DELETED,
            columns.stream()
                .map(column -> BigqueryTypes.quoted(column) + " = " + cell(column))
                .collect(Collectors.joining(", ")),
            definition.columnList(),
            carried());
  }

  /** An emulator goes through the conditions one after the other, with what is left of the rows. */
  private String history(LoadPlan plan) {
    return """
    MERGE INTO %1$s t
    USING %2$s s
    ON t.id = s._closes
    WHEN MATCHED AND t.valid_from = %3$s THEN DELETE
    WHEN MATCHED AND t.is_current THEN UPDATE SET valid_to = %3$s, is_current = FALSE
    WHEN NOT MATCHED AND s._closes IS NULL THEN INSERT (%4$s) VALUES (%5$s)
    """
        .formatted(
            target, arranged, literal(plan.effectiveAt()), definition.columnList(), inserted(plan));
  }

  /** The cells of a new row, those that the layout adds behind those of the load. */
  private String inserted(LoadPlan plan) {
    return carried()
        + switch (layout) {
          case KEYED -> "";
          case APPEND -> ", " + literal(plan.loadId());
          case HISTORY -> ", " + literal(plan.effectiveAt()) + ", NULL, TRUE";
        };
  }

  private String carried() {
    return columns.stream().map(Target::cell).collect(Collectors.joining(", "));
  }

  /** A cell of the load, as the target stores it. */
  private static String cell(ColumnContract column) {
    String staged = "s." + BigqueryTypes.quoted(column);
    return bytes(column.sink().nativeType()) ? "FROM_HEX(" + staged + ")" : staged;
  }

  /** Rows, sum of keys and sum of amounts of what the target holds of a load. */
  String held(LoadPlan plan) {
    return """
    SELECT COUNT(*), COALESCE(SUM(CAST(t.id AS BIGNUMERIC)), 0), COALESCE(SUM(t.amount), 0)
    FROM %s t WHERE %s
    """
        .formatted(
            target,
            switch (plan.action()) {
              case REPLACE_ALL -> current();
              case REPLACE_WINDOW -> within("t.business_date", plan);
              case APPEND -> ofThisLoad(plan);
              case MERGE, HISTORY -> current() + " AND t.id IN (" + keys(false) + ")";
            });
  }

  /** How many keys that the load deletes the target still shows. */
  String heldDeletes() {
    return "SELECT COUNT(*) FROM %s t WHERE %s AND t.id IN (%s)"
        .formatted(target, current(), keys(true));
  }

  private String keys(boolean deleted) {
    return "SELECT s.id %s AND %ss.%s".formatted(last, deleted ? "" : "NOT ", DELETED);
  }

  private String current() {
    return layout == TargetLayout.HISTORY ? "t.is_current" : "TRUE";
  }

  private static String ofThisLoad(LoadPlan plan) {
    return "t.%s = %s".formatted(TableDefinition.LOAD_ID, literal(plan.loadId()));
  }

  private static String within(String column, LoadPlan plan) {
    return plan.window().isEmpty()
        ? "FALSE"
        : plan.window().stream()
            .map(Target::literal)
            .collect(Collectors.joining(", ", column + " IN (", ")"));
  }

  private static String literal(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }

  private static String literal(LocalDateTime time) {
    return "DATETIME '" + TIME.format(time) + "'";
  }

  private static String literal(LocalDate date) {
    return "DATE '" + date + "'";
  }
}

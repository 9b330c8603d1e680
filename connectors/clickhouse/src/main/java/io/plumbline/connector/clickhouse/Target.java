package io.plumbline.connector.clickhouse;

import io.plumbline.connector.jdbc.TableDefinition;
import io.plumbline.matrix.connector.CaseScope;
import io.plumbline.matrix.connector.ColumnContract;
import io.plumbline.matrix.connector.LoadTotals;
import io.plumbline.matrix.connector.TargetLayout;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.Collectors;

/** The table that a case's loads fill. */
final class Target {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS", java.util.Locale.ROOT);

  private final Server server;
  private final CaseNames names;
  private final ClickhouseTable table;
  private final TargetLayout layout;
  private final List<ColumnContract> columns;

  Target(Server server, CaseScope scope, CaseNames names) {
    this.server = server;
    this.names = names;
    this.layout = scope.layout();
    this.columns = scope.columns().stream().filter(ColumnContract::atTarget).toList();
    this.table = ClickhouseTable.ofTarget(columns, layout);
  }

  TargetLayout layout() {
    return layout;
  }

  /** The columns that rows bring with them. */
  List<ColumnContract> columns() {
    return columns;
  }

  String columnList() {
    return columns.stream()
        .map(c -> ClickhouseTypes.DIALECT.quote(c.column().name()))
        .collect(Collectors.joining(", "));
  }

  String quoted() {
    return quoted(CaseNames.TABLE);
  }

  String quoted(String name) {
    return ClickhouseTypes.DIALECT.quotePath(names.path(name));
  }

  boolean exists() {
    return server.number("EXISTS TABLE " + quoted()) == 1;
  }

  void ensure() {
    if (!exists()) {
      server.execute(table.create(names.table()));
    }
  }

  /** Makes an empty table of the same structure. */
  void createLike(String name) {
    drop(name);
    server.execute(table.create(names.path(name)));
  }

  void drop(String name) {
    server.execute("DROP TABLE IF EXISTS " + quoted(name));
  }

  /** Greater than the version of every row. */
  long nextVersion() {
    return exists()
        ? server.number("SELECT max(%s) + 1 FROM %s".formatted(ClickhouseTable.VERSION, quoted()))
        : 0;
  }

  /** True for rows that are not history. */
  String current() {
    return layout == TargetLayout.HISTORY ? TableDefinition.IS_CURRENT : "true";
  }

  /**
   * What a reader sees of some rows.
   *
   * @param rows condition of the rows that a load brought
   * @param gone condition of rows that must not be there
   */
  LoadTotals totals(String rows, String gone) {
    List<String> found =
        server
            .rows(
                """
                SELECT countIf(%1$s), sumIf(id, %1$s), sumIf(amount, %1$s), countIf(%2$s)
                FROM %3$s%4$s WHERE %5$s
                """
                    .formatted(
                        rows,
                        gone,
                        quoted(),
                        layout == TargetLayout.APPEND ? "" : " FINAL",
                        current()))
            .get(0);
    return new LoadTotals(
        Long.parseLong(found.get(0)),
        Long.parseLong(found.get(1)),
        new BigDecimal(found.get(2)),
        Long.parseLong(found.get(3)));
  }

  static String literal(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }

  static String literal(LocalDateTime time) {
    return "toDateTime64('%s', 6, 'UTC')".formatted(TIME.format(time));
  }

  static String literal(LocalDate date) {
    return "toDate32('" + date + "')";
  }
}

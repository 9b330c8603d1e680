package io.plumbline.connector.jdbc;

import io.plumbline.connector.jdbc.RowInserter.AddedColumn;
import io.plumbline.connector.jdbc.TableDefinition.TableColumn;
import io.plumbline.matrix.connector.CaseScope;
import io.plumbline.matrix.connector.ColumnContract;
import io.plumbline.matrix.connector.Load;
import io.plumbline.matrix.connector.LoadPlan;
import io.plumbline.matrix.connector.LoadTotals;
import io.plumbline.matrix.connector.Op;
import io.plumbline.matrix.connector.RowBatch;
import io.plumbline.matrix.connector.TargetLayout;
import io.plumbline.matrix.connector.WriteAction;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A load on a connection of its own.
 *
 * <p>A load that replaces everything goes straight into the table that will take the target's
 * place. Every other load goes into a staging table and is published from there in one transaction.
 * Of several rows with the same key the last one counts.
 */
final class JdbcLoad implements Load {
  private static final String NEXT = "next_orders";
  private static final String OLD = "old_orders";
  private static final String STAGE = "stage";
  private static final String SEQUENCE = "_seq";
  private static final String DELETED = "_deleted";

  private final JdbcDialect dialect;
  private final CaseNames names;
  private final LoadPlan plan;
  private final TargetLayout layout;
  private final TableDefinition target;
  private final List<ColumnContract> data;
  private final Session session;
  private final boolean direct;
  private final RowInserter rows;
  private long sequence;

  /**
   * Begins a load.
   *
   * @param session owned from now on
   */
  JdbcLoad(JdbcDialect dialect, CaseScope scope, CaseNames names, LoadPlan plan, Session session) {
    this.dialect = dialect;
    this.names = names;
    this.plan = plan;
    this.layout = scope.layout();
    this.target = TableDefinition.ofTarget(dialect.sql(), scope.columns(), layout);
    this.data = scope.columns().stream().filter(ColumnContract::atTarget).toList();
    this.session = session;
    this.direct = plan.action() == WriteAction.REPLACE_ALL;
    try {
      ensureTarget();
      this.rows = direct ? replacement() : staging();
    } catch (RuntimeException e) {
      try (session) {
        throw e;
      }
    }
  }

  private void ensureTarget() {
    boolean missing =
        !session
            .query(row -> row.getString(1), dialect.catalogue().tables(), names.schema())
            .contains(CaseNames.TABLE);
    if (missing) {
      create(target, CaseNames.TABLE);
    }
  }

  private void create(TableDefinition table, String name) {
    session.execute(table.create(names.path(name)));
    table.createIndexes(names.path(name), name).forEach(session::execute);
  }

  private String quoted(String name) {
    return dialect.sql().quotePath(names.path(name));
  }

  private RowInserter replacement() {
    SqlDialect sql = dialect.sql();
    List<AddedColumn> added =
        switch (layout) {
          case KEYED -> List.of();
          case APPEND -> List.of(added(TableDefinition.LOAD_ID, sql.loadIdType(), Wire.TEXT));
          case HISTORY ->
              List.of(
                  added(TableDefinition.VALID_FROM, sql.validityType(), Wire.DATE_TIME),
                  added(TableDefinition.VALID_TO, sql.validityType(), Wire.DATE_TIME),
                  added(TableDefinition.IS_CURRENT, sql.flagType(), Wire.BOOLEAN));
        };
    session.execute("DROP TABLE IF EXISTS " + quoted(NEXT));
    session.execute(target.create(names.path(NEXT)));
    session.begin();
    return dialect.inserter().into(session, quoted(NEXT), data, added);
  }

  private RowInserter staging() {
    session.execute("DROP TABLE IF EXISTS " + quoted(STAGE));
    List<TableColumn> columns = new ArrayList<>();
    target.columns().stream().filter(c -> !added(c)).forEach(columns::add);
    List<AddedColumn> added =
        List.of(
            added(SEQUENCE, "bigint", Wire.LONG),
            added(DELETED, dialect.sql().flagType(), Wire.BOOLEAN));
    columns.add(new TableColumn(SEQUENCE, added.get(0).type(), true));
    columns.add(new TableColumn(DELETED, added.get(1).type(), true));
    create(new TableDefinition(dialect.sql(), columns, false, List.of(TableDefinition.ID)), STAGE);
    session.begin();
    return dialect.inserter().into(session, quoted(STAGE), data, added);
  }

  private AddedColumn added(String name, String type, Wire wire) {
    return new AddedColumn(dialect.sql().quote(name), type, wire);
  }

  /** True for the columns of the target that its layout adds. */
  private boolean added(TableColumn column) {
    return switch (layout) {
      case KEYED -> false;
      case APPEND -> column.name().equals(TableDefinition.LOAD_ID);
      case HISTORY ->
          List.of(TableDefinition.VALID_FROM, TableDefinition.VALID_TO, TableDefinition.IS_CURRENT)
              .contains(column.name());
    };
  }

  @Override
  public void write(RowBatch batch) {
    for (int i = 0; i < batch.size(); i++) {
      boolean deleted = batch.op(i) == Op.DELETE;
      if (!direct) {
        rows.add(batch.row(i), deleted, new Object[] {sequence++, deleted});
      } else if (!deleted) {
        rows.add(batch.row(i), false, layoutCells());
      }
    }
  }

  private @Nullable Object[] layoutCells() {
    return switch (layout) {
      case KEYED -> new Object[0];
      case APPEND -> new Object[] {plan.loadId()};
      case HISTORY -> new @Nullable Object[] {plan.effectiveAt(), null, true};
    };
  }

  @Override
  public void publish() {
    rows.flush();
    rows.close();
    if (!direct) {
      prepareStage();
      apply();
    } else {
      session.commit();
      swap();
    }
    session.commit();
  }

  /** True for a row of the target whose key is staged; an index lookup a row in every product. */
  private String staged() {
    return "EXISTS (SELECT 1 FROM %s s WHERE s.id = %s.id)"
        .formatted(quoted(STAGE), dialect.sql().quote(CaseNames.TABLE));
  }

  private void prepareStage() {
    if (!dialect.staged().isEmpty()) {
      session.commit();
      dialect
          .staged()
          .forEach(statement -> session.execute(statement.replace("{stage}", quoted(STAGE))));
      session.begin();
    }
  }

  private void swap() {
    session.execute("DROP TABLE IF EXISTS " + quoted(OLD));
    // Where definitions are part of a transaction, nobody sees a moment without a target.
    session.begin();
    for (String statement : dialect.swap()) {
      session.execute(
          statement
              .replace("{target}", names.quotedTable())
              .replace("{next}", quoted(NEXT))
              .replace("{old}", quoted(OLD)));
    }
    session.commit();
    session.execute("DROP TABLE IF EXISTS " + quoted(OLD));
    // Now that their names are free: in some products they belong to the schema.
    target.createIndexes(names.path(CaseNames.TABLE), CaseNames.TABLE).forEach(session::execute);
  }

  private void apply() {
    switch (plan.action()) {
      case APPEND -> {
        session.execute(
            "DELETE FROM %s WHERE %s = %s"
                .formatted(names.quotedTable(), TableDefinition.LOAD_ID, literal(plan.loadId())));
        insert(
            "SELECT %s, %s FROM %s s WHERE %s = 0"
                .formatted(dataColumns(), literal(plan.loadId()), quoted(STAGE), DELETED));
      }
      case MERGE -> {
        session.execute("DELETE FROM %s WHERE %s".formatted(names.quotedTable(), staged()));
        insert("SELECT %s %s".formatted(dataColumns(), fromLast(false)));
      }
      case REPLACE_WINDOW -> {
        session.execute(
            "DELETE FROM %s WHERE %s".formatted(names.quotedTable(), inWindow("business_date")));
        insert("SELECT %s %s".formatted(dataColumns(), fromLast(false)));
      }
      case HISTORY -> history();
      case REPLACE_ALL -> throw new IllegalStateException("Replaced as a whole.");
    }
  }

  /** What an earlier attempt of the same load did to a key is taken back first. */
  private void history() {
    String table = names.quotedTable();
    String keys = staged();
    String at = literal(plan.effectiveAt());
    session.execute("DELETE FROM %s WHERE valid_from = %s AND %s".formatted(table, at, keys));
    session.execute(
        "UPDATE %s SET valid_to = NULL, is_current = 1 WHERE valid_to = %s AND %s"
            .formatted(table, at, keys));
    session.execute(
        "UPDATE %s SET valid_to = %s, is_current = 0 WHERE is_current = 1 AND %s"
            .formatted(table, at, keys));
    insert("SELECT %s, %s, NULL, 1 %s".formatted(dataColumns(), at, fromLast(false)));
  }

  private void insert(String select) {
    session.execute(
        "INSERT INTO %s (%s) %s".formatted(names.quotedTable(), target.columnList(), select));
  }

  private String dataColumns() {
    return data.stream()
        .map(c -> "s." + dialect.sql().quote(c.column().name()))
        .collect(Collectors.joining(", "));
  }

  /** The last row of each key in the staging table, as {@code s}: the deleted or the others. */
  private String fromLast(boolean deleted) {
    return """
        FROM %1$s s WHERE s.%2$s = %4$s AND NOT EXISTS
        (SELECT 1 FROM %1$s later WHERE later.id = s.id AND later.%3$s > s.%3$s)"""
        .formatted(quoted(STAGE), DELETED, SEQUENCE, deleted ? 1 : 0);
  }

  private String inWindow(String column) {
    return plan.window().isEmpty()
        ? "1 = 0"
        : plan.window().stream()
            .map(date -> "'" + date + "'")
            .collect(Collectors.joining(", ", column + " IN (", ")"));
  }

  private static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  private static String literal(LocalDateTime time) {
    return literal(CanonicalText.iso(time).replace('T', ' '));
  }

  @Override
  public LoadTotals held() {
    String current = layout == TargetLayout.HISTORY ? "t.is_current = 1" : "1 = 1";
    String loaded =
        switch (plan.action()) {
          case REPLACE_ALL -> current;
          case APPEND -> "t.%s = %s".formatted(TableDefinition.LOAD_ID, literal(plan.loadId()));
          case REPLACE_WINDOW -> inWindow("t.business_date");
          case MERGE, HISTORY -> current + " AND t.id IN (SELECT s.id " + fromLast(false) + ")";
        };
    boolean deletes = plan.action() == WriteAction.MERGE || plan.action() == WriteAction.HISTORY;
    long stillPresent =
        deletes ? count("%s AND t.id IN (SELECT s.id %s)".formatted(current, fromLast(true))) : 0;
    return session
        .query(
            row ->
                new LoadTotals(
                    row.getLong(1),
                    row.getBigDecimal(2).toBigInteger().longValue(),
                    row.getBigDecimal(3),
                    stillPresent),
            """
            SELECT COUNT(*), COALESCE(SUM(CAST(t.id AS decimal(38,0))), 0), COALESCE(SUM(t.amount), 0)
            FROM %s t WHERE %s
            """
                .formatted(names.quotedTable(), loaded))
        .get(0);
  }

  private long count(String condition) {
    return session
        .query(
            row -> row.getLong(1),
            "SELECT COUNT(*) FROM %s t WHERE %s".formatted(names.quotedTable(), condition))
        .get(0);
  }

  @Override
  public void close() {
    try (session) {
      session.rollback();
      session.execute("DROP TABLE IF EXISTS " + quoted(direct ? NEXT : STAGE));
    } catch (RuntimeException e) {
      // The server is gone or does not answer; what it still holds lies in the case's schema.
      session.left(e);
    }
  }
}

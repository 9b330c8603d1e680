package io.plumbline.connector.postgres;

import io.plumbline.connector.jdbc.TableDefinition;
import io.plumbline.matrix.connector.CaseScope;
import io.plumbline.matrix.connector.ColumnContract;
import io.plumbline.matrix.connector.Load;
import io.plumbline.matrix.connector.LoadPlan;
import io.plumbline.matrix.connector.LoadTotals;
import io.plumbline.matrix.connector.Op;
import io.plumbline.matrix.connector.RowBatch;
import io.plumbline.matrix.connector.TargetLayout;
import io.plumbline.matrix.connector.WriteAction;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A load on a connection of its own.
 *
 * <p>A load that replaces everything is copied into the table that will take the target's place, in
 * one transaction with the swap. Every other load is copied into a temporary table and published
 * from there in one transaction. Of several rows with the same key the last one counts.
 */
final class PostgresLoad implements Load {
  private static final String STAGE = "pg_temp.stage";
  private static final String SEQUENCE = "_seq";
  private static final String DELETED = "_deleted";

  private final Session session;
  private final CaseNames names;
  private final LoadPlan plan;
  private final TargetLayout layout;
  private final TableDefinition target;
  private final boolean direct;
  private final String copiedInto;
  private final CopyWriter copy;

  /**
   * Begins a load.
   *
   * @param session owned from now on
   */
  PostgresLoad(CaseScope scope, CaseNames names, LoadPlan plan, Session session) {
    this.names = names;
    this.plan = plan;
    this.layout = scope.layout();
    this.target = TableDefinition.ofTarget(PostgresTypes.DIALECT, scope.columns(), layout);
    this.direct = plan.action() == WriteAction.REPLACE_ALL;
    this.session = session;
    try {
      this.copiedInto = direct ? createNext() : createStage();
      List<ColumnContract> columns =
          scope.columns().stream().filter(ColumnContract::atTarget).toList();
      String list =
          columns.stream()
              .map(c -> PostgresTypes.DIALECT.quote(c.column().name()))
              .collect(Collectors.joining(", "));
      this.copy =
          new CopyWriter(
              session,
              "COPY %s (%s) FROM STDIN (FORMAT binary)"
                  .formatted(
                      PostgresTypes.DIALECT.quotePath(copiedInto),
                      direct ? list + extraNames() : SEQUENCE + ", " + DELETED + ", " + list),
              columns,
              direct ? extraCells() : null);
    } catch (RuntimeException e) {
      try (session) {
        throw e;
      }
    }
  }

  private String createNext() {
    session.begin();
    String next = names.path("next_" + session.text("SELECT pg_backend_pid()").orElseThrow());
    session.execute(target.createBare(next));
    return next;
  }

  private String createStage() {
    ensureTarget();
    session.execute(
        "CREATE TEMPORARY TABLE stage AS SELECT 0::bigint AS %s, false AS %s, t.* FROM %s t WITH NO DATA"
            .formatted(SEQUENCE, DELETED, names.quotedTable()));
    return STAGE;
  }

  private void ensureTarget() {
    boolean missing = session.text("SELECT to_regclass(?)", names.table()).isEmpty();
    if (missing) {
      session.begin();
      session.execute(target.create(names.table()));
      target.createIndexes(names.table(), CaseNames.TABLE).forEach(session::execute);
      session.commit();
    }
  }

  private String extraNames() {
    return switch (layout) {
      case KEYED -> "";
      case APPEND -> ", " + TableDefinition.LOAD_ID;
      case HISTORY ->
          ", %s, %s, %s"
              .formatted(
                  TableDefinition.VALID_FROM, TableDefinition.VALID_TO, TableDefinition.IS_CURRENT);
    };
  }

  /** The cells that the layout adds to each row, in COPY's format. */
  private List<byte[]> extraCells() {
    return switch (layout) {
      case KEYED -> List.of();
      case APPEND -> List.of(CopyWriter.text(plan.loadId()));
      case HISTORY ->
          List.of(
              CopyWriter.timestamp(plan.effectiveAt()),
              CopyWriter.nothing(),
              CopyWriter.flag(true));
    };
  }

  @Override
  public void write(RowBatch batch) {
    for (int i = 0; i < batch.size(); i++) {
      boolean deleted = batch.op(i) == Op.DELETE;
      if (!direct) {
        copy.staged(batch.row(i), deleted);
      } else if (!deleted) {
        copy.row(batch.row(i));
      }
    }
  }

  @Override
  public void publish() {
    copy.end();
    if (direct) {
      swap();
    } else {
      session.execute("CREATE INDEX ON %s (id, %s)".formatted(STAGE, SEQUENCE));
      session.execute("ANALYZE %s (id, %s)".formatted(STAGE, SEQUENCE));
      session.begin();
      apply();
    }
    session.commit();
  }

  private void swap() {
    String prefix = copiedInto.substring(copiedInto.lastIndexOf('.') + 1);
    target.addKey(copiedInto).forEach(session::execute);
    target.createIndexes(copiedInto, prefix).forEach(session::execute);
    session.execute("DROP TABLE IF EXISTS " + names.quotedTable());
    session.execute(
        "ALTER TABLE %s RENAME TO %s"
            .formatted(PostgresTypes.DIALECT.quotePath(copiedInto), CaseNames.TABLE));
  }

  private void apply() {
    switch (plan.action()) {
      case APPEND -> {
        session.update(
            "DELETE FROM %s WHERE %s = ?".formatted(names.quotedTable(), TableDefinition.LOAD_ID),
            plan.loadId());
        insert(
            "SELECT %s, %s FROM %s s WHERE NOT %s ORDER BY %s"
                .formatted(dataColumns("s"), literal(plan.loadId()), STAGE, DELETED, SEQUENCE));
      }
      case MERGE -> merge();
      case REPLACE_WINDOW -> {
        session.execute(
            "DELETE FROM %s WHERE business_date = ANY (%s)"
                .formatted(names.quotedTable(), window()));
        insert("SELECT %s FROM (%s) s".formatted(dataColumns("s"), lastRows()));
      }
      case HISTORY -> history();
      case REPLACE_ALL -> throw new IllegalStateException("Replaced by a swap.");
    }
  }

  private void merge() {
    session.execute(
        "DELETE FROM %s t USING (%s) s WHERE t.id = s.id"
            .formatted(names.quotedTable(), lastDeletes()));
    String assignments =
        target.columns().stream()
            .filter(c -> !c.name().equals(TableDefinition.ID))
            .map(c -> PostgresTypes.DIALECT.quote(c.name()))
            .map(c -> c + " = excluded." + c)
            .collect(Collectors.joining(", "));
    // Compared as images: not every type has an equality, and nothing is to be rewritten that
    // stays as it is.
    session.execute(
        """
        INSERT INTO %s AS t (%s)
        SELECT %s FROM (%s) s
        ON CONFLICT (id) DO UPDATE SET %s WHERE t.* *<> excluded.*
        """
            .formatted(
                names.quotedTable(),
                target.columnList(),
                dataColumns("s"),
                lastRows(),
                assignments));
  }

  /** What an earlier attempt of the same load did to a key is taken back first. */
  private void history() {
    String keys = "(SELECT id FROM %s)".formatted(STAGE);
    String at = literal(plan.effectiveAt().toString()) + "::timestamp";
    session.execute(
        "DELETE FROM %s WHERE valid_from = %s AND id IN %s"
            .formatted(names.quotedTable(), at, keys));
    session.execute(
        "UPDATE %s SET valid_to = NULL, is_current = true WHERE valid_to = %s AND id IN %s"
            .formatted(names.quotedTable(), at, keys));
    session.execute(
        "UPDATE %s SET valid_to = %s, is_current = false WHERE is_current AND id IN %s"
            .formatted(names.quotedTable(), at, keys));
    insert(
        "SELECT %s, %s, NULL::timestamp, true FROM (%s) s"
            .formatted(dataColumns("s"), at, lastRows()));
  }

  private void insert(String select) {
    session.execute(
        "INSERT INTO %s (%s) %s".formatted(names.quotedTable(), target.columnList(), select));
  }

  /** The columns that rows bring with them. */
  private String dataColumns(String alias) {
    List<String> added =
        List.of(
            TableDefinition.LOAD_ID,
            TableDefinition.VALID_FROM,
            TableDefinition.VALID_TO,
            TableDefinition.IS_CURRENT);
    return target.columns().stream()
        .filter(c -> layout == TargetLayout.KEYED || !added.contains(c.name()))
        .map(c -> alias + "." + PostgresTypes.DIALECT.quote(c.name()))
        .collect(Collectors.joining(", "));
  }

  private static String last() {
    return "SELECT DISTINCT ON (id) * FROM %s ORDER BY id, %s DESC".formatted(STAGE, SEQUENCE);
  }

  private static String lastRows() {
    return "SELECT * FROM (%s) l WHERE NOT %s".formatted(last(), DELETED);
  }

  private static String lastDeletes() {
    return "SELECT id FROM (SELECT DISTINCT ON (id) id, %2$s FROM %1$s ORDER BY id, %3$s DESC) l WHERE %2$s"
        .formatted(STAGE, DELETED, SEQUENCE);
  }

  private static String lastKeys() {
    return "SELECT id FROM (SELECT DISTINCT ON (id) id, %2$s FROM %1$s ORDER BY id, %3$s DESC) l WHERE NOT %2$s"
        .formatted(STAGE, DELETED, SEQUENCE);
  }

  private String window() {
    return plan.window().stream()
        .map(date -> "'" + date + "'")
        .collect(Collectors.joining(", ", "ARRAY[", "]::date[]"));
  }

  private static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  @Override
  public LoadTotals held() {
    String found = "SELECT id, amount FROM %s t ".formatted(names.quotedTable());
    return switch (plan.action()) {
      case REPLACE_ALL -> totals(found + current(""), "false");
      case APPEND -> totals(found + "WHERE _load_id = " + literal(plan.loadId()), "false");
      case REPLACE_WINDOW ->
          totals(found + "WHERE business_date = ANY (" + window() + ")", "false");
      case MERGE, HISTORY ->
          totals(
              found + current("t.id IN (" + lastKeys() + ")"),
              "EXISTS (SELECT FROM %s t %s)"
                  .formatted(names.quotedTable(), current("t.id = d.id")));
    };
  }

  private String current(String condition) {
    String all = layout == TargetLayout.HISTORY ? "t.is_current" : "true";
    return "WHERE " + all + (condition.isEmpty() ? "" : " AND " + condition);
  }

  private LoadTotals totals(String rows, String stillPresent) {
    String deletes =
        direct
            ? "0"
            : "(SELECT count(*) FROM (%s) d WHERE %s)".formatted(lastDeletes(), stillPresent);
    return session
        .query(
            row ->
                new LoadTotals(
                    row.getLong(1),
                    new BigInteger(row.getString(2)).longValue(),
                    new BigDecimal(row.getString(3)),
                    row.getLong(4)),
            "SELECT count(*), coalesce(sum(id), 0), coalesce(sum(amount), 0), %s FROM (%s) r"
                .formatted(deletes, rows))
        .get(0);
  }

  @Override
  public void close() {
    session.close();
  }
}

package io.plumbline.connector.clickhouse;

import io.plumbline.connector.jdbc.TableDefinition;
import io.plumbline.matrix.connector.Load;
import io.plumbline.matrix.connector.LoadPlan;
import io.plumbline.matrix.connector.LoadTotals;
import io.plumbline.matrix.connector.Op;
import io.plumbline.matrix.connector.RowBatch;
import io.plumbline.matrix.connector.SystemFailureException;
import io.plumbline.matrix.connector.WriteAction;
import io.plumbline.matrix.lab.Interruption;
import java.util.List;

/**
 * A load that depends on what the target holds: rows and deletes are staged in their order, and
 * become the target's by one {@code INSERT … SELECT} of new versions. Of several changes of a key
 * the last one counts. ClickHouse shows the partitions of one INSERT one after the other; a load
 * that was cut off between them is repeated, and its versions are greater then.
 */
final class StagedLoad implements Load {
  private static final String SEQUENCE = "_seq";
  private static final String GONE = "_gone";

  private final Server server;
  private final Target target;
  private final LoadPlan plan;
  private final String name;
  private final String stage;
  private final RowWriter rows;
  private final ByteSink added = new ByteSink(16);
  private long sequence;

  StagedLoad(Server server, Target target, LoadPlan plan, String name) {
    this.server = server;
    this.target = target;
    this.plan = plan;
    this.name = name;
    this.stage = target.quoted(name);
    this.rows = new RowWriter(server, stage, target.columns(), List.of(SEQUENCE, GONE));
    target.ensure();
    target.drop(name);
    server.execute(
        "CREATE TABLE %s ENGINE = MergeTree ORDER BY tuple() AS SELECT %s, toUInt64(0) AS %s, false AS %s FROM %s WHERE false"
            .formatted(stage, target.columnList(), SEQUENCE, GONE, target.quoted()));
  }

  @Override
  public void write(RowBatch batch) {
    for (int i = 0; i < batch.size(); i++) {
      boolean gone = batch.op(i) == Op.DELETE;
      added.clear();
      added.int8(sequence++);
      added.int1(gone ? 1 : 0);
      if (gone) {
        rows.key(batch.row(i)[io.plumbline.matrix.dataset.Column.ID], added.toArray());
      } else {
        rows.row(batch.row(i), added.toArray());
      }
    }
  }

  @Override
  public void publish() {
    rows.flush();
    if (sequence > 0) {
      server.execute(plan.action() == WriteAction.HISTORY ? history() : merge());
    }
  }

  /** A key's deletion is a version too: a copy of what it takes away. */
  private String merge() {
    return """
    INSERT INTO %1$s (%2$s, %3$s, %4$s)
    SELECT %2$s, %5$d, 0 FROM %6$s WHERE %7$s
    UNION ALL
    SELECT %2$s, %5$d, 1 FROM %1$s FINAL WHERE id IN (%8$s)
    """
        .formatted(
            target.quoted(),
            target.columnList(),
            ClickhouseTable.VERSION,
            ClickhouseTable.DELETED,
            target.nextVersion(),
            stage,
            lastRow(),
            keys(true));
  }

  /**
   * Opens versions, closes those before them, and takes back what an earlier attempt opened and
   * this one does not.
   */
  private String history() {
    return """
    INSERT INTO %1$s (%2$s, %3$s, %4$s, %5$s, %6$s, %7$s)
    SELECT %2$s, %8$s, NULL, true, %9$d, 0 FROM %10$s WHERE %11$s
    UNION ALL
    SELECT %2$s, %3$s, %8$s, false, %9$d, 0 FROM %1$s FINAL
    WHERE id IN (SELECT id FROM %10$s) AND %3$s < %8$s AND (%5$s OR %4$s = %8$s)
    UNION ALL
    SELECT %2$s, %3$s, %4$s, %5$s, %9$d, 1 FROM %1$s FINAL
    WHERE id IN (%12$s) AND %3$s = %8$s
    """
        .formatted(
            target.quoted(),
            target.columnList(),
            TableDefinition.VALID_FROM,
            TableDefinition.VALID_TO,
            TableDefinition.IS_CURRENT,
            ClickhouseTable.VERSION,
            ClickhouseTable.DELETED,
            Target.literal(plan.effectiveAt()),
            target.nextVersion(),
            stage,
            lastRow(),
            keys(true));
  }

  /** Condition of the staged rows that are the last word on their key. */
  private String lastRow() {
    return "NOT %1$s AND (id, %2$s) IN (SELECT id, max(%2$s) FROM %3$s GROUP BY id)"
        .formatted(GONE, SEQUENCE, stage);
  }

  /** Keys whose last change is a deletion, or is none. */
  private String keys(boolean gone) {
    return "SELECT id FROM %s GROUP BY id HAVING argMax(%s, %s) = %s"
        .formatted(stage, GONE, SEQUENCE, gone);
  }

  @Override
  public LoadTotals held() {
    return target.totals("id IN (" + keys(false) + ")", "id IN (" + keys(true) + ")");
  }

  @Override
  public void close() {
    Interruption.deferred(
        () -> {
          try {
            target.drop(name);
          } catch (SystemFailureException e) {
            // The server is gone, and the stage with it; whoever needed it has been told.
            return;
          }
        });
  }
}

package io.plumbline.connector.clickhouse;

import io.plumbline.connector.jdbc.TableDefinition;
import io.plumbline.matrix.connector.Load;
import io.plumbline.matrix.connector.LoadPlan;
import io.plumbline.matrix.connector.LoadTotals;
import io.plumbline.matrix.connector.Op;
import io.plumbline.matrix.connector.RowBatch;
import io.plumbline.matrix.connector.SystemFailureException;
import io.plumbline.matrix.lab.Interruption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A load whose rows are inserted into a table like the target, and whose parts become the target's
 * without being written again: the tables change places, or partitions do, or the parts are
 * attached. Each of these is one step; several partitions are replaced one after the other. Of rows
 * with the same sorting key one counts.
 */
final class DirectLoad implements Load {
  private final Server server;
  private final Target target;
  private final LoadPlan plan;
  private final String next;
  private final byte[] added;
  private final RowWriter rows;

  DirectLoad(Server server, Target target, LoadPlan plan, String next) {
    this.server = server;
    this.target = target;
    this.plan = plan;
    this.next = next;
    List<String> addedNames = new ArrayList<>();
    ByteSink addedCells = new ByteSink(64);
    switch (target.layout()) {
      case KEYED -> {}
      case APPEND -> {
        addedNames.add(TableDefinition.LOAD_ID);
        addedCells.text(plan.loadId());
      }
      case HISTORY -> {
        addedNames.add(TableDefinition.VALID_FROM);
        addedCells.int8(RowBinaryEncoder.ticks(plan.effectiveAt(), RowBinaryEncoder.MICROS));
        addedNames.add(TableDefinition.VALID_TO);
        addedCells.int1(1);
        addedNames.add(TableDefinition.IS_CURRENT);
        addedCells.int1(1);
      }
    }
    if (target.layout() != io.plumbline.matrix.connector.TargetLayout.APPEND) {
      addedNames.add(ClickhouseTable.VERSION);
      addedCells.int8(target.nextVersion());
    }
    this.added = addedCells.toArray();
    this.rows = new RowWriter(server, target.quoted(next), target.columns(), addedNames);
    target.createLike(next);
  }

  @Override
  public void write(RowBatch batch) {
    for (int i = 0; i < batch.size(); i++) {
      if (batch.op(i) != Op.DELETE) {
        rows.row(batch.row(i), added);
      }
    }
  }

  @Override
  public void publish() {
    rows.flush();
    switch (plan.action()) {
      case REPLACE_ALL -> replaceAll();
      case REPLACE_WINDOW -> replaceWindow();
      case APPEND -> append();
      default -> throw new IllegalStateException("Not for " + plan.action());
    }
  }

  private void replaceAll() {
    server.execute(
        target.exists()
            ? "EXCHANGE TABLES %s AND %s".formatted(target.quoted(next), target.quoted())
            : "RENAME TABLE %s TO %s".formatted(target.quoted(next), target.quoted()));
  }

  private void replaceWindow() {
    target.ensure();
    if (!plan.window().isEmpty()) {
      String partitions =
          plan.window().stream()
              .map(date -> "REPLACE PARTITION '%s' FROM %s".formatted(date, target.quoted(next)))
              .collect(Collectors.joining(", "));
      server.execute("ALTER TABLE %s %s".formatted(target.quoted(), partitions));
    }
  }

  /** What an earlier attempt of the same load added is taken back. */
  private void append() {
    target.ensure();
    long before =
        server.number("SELECT count() FROM %s WHERE %s".formatted(target.quoted(), ofThisLoad()));
    if (before > 0) {
      server.execute("DELETE FROM %s WHERE %s".formatted(target.quoted(), ofThisLoad()));
    }
    server.execute(
        "ALTER TABLE %s ATTACH PARTITION tuple() FROM %s"
            .formatted(target.quoted(), target.quoted(next)));
  }

  private String ofThisLoad() {
    return TableDefinition.LOAD_ID + " = " + Target.literal(plan.loadId());
  }

  @Override
  public LoadTotals held() {
    return switch (plan.action()) {
      case REPLACE_ALL -> target.totals("true", "false");
      case REPLACE_WINDOW -> target.totals(withinWindow(), "false");
      default -> target.totals(ofThisLoad(), "false");
    };
  }

  private String withinWindow() {
    return plan.window().isEmpty()
        ? "false"
        : plan.window().stream()
            .map(Target::literal)
            .collect(Collectors.joining(", ", "business_date IN (", ")"));
  }

  @Override
  public void close() {
    Interruption.deferred(
        () -> {
          try {
            target.drop(next);
          } catch (SystemFailureException e) {
            // The server is gone, and nothing was published; whoever needed it has been told.
            return;
          }
        });
  }
}

package io.plumbline.connector.bigquery;

import io.plumbline.matrix.connector.Load;
import io.plumbline.matrix.connector.LoadPlan;
import io.plumbline.matrix.connector.LoadTotals;
import io.plumbline.matrix.connector.Op;
import io.plumbline.matrix.connector.RowBatch;
import io.plumbline.matrix.connector.SystemFailureException;
import io.plumbline.matrix.connector.WriteAction;
import io.plumbline.matrix.lab.Interruption;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A load: rows and deletes come into a table of their own by load jobs, in their order, and become
 * the target's by one statement. Of several rows of a key the last one counts.
 */
final class StagedLoad implements Load {
  private static final Set<WriteAction> DELETING = Set.of(WriteAction.MERGE, WriteAction.HISTORY);

  private final Service service;
  private final Target target;
  private final CaseNames names;
  private final LoadPlan plan;
  private final RowWriter rows;

  StagedLoad(Service service, Target target, CaseNames names, LoadPlan plan, String stage) {
    this.service = service;
    this.target = target;
    this.names = names;
    this.plan = plan;
    this.rows =
        new RowWriter(
            target.columns(),
            RowWriter.PART_BYTES,
            part -> service.load(names.dataset(), stage, part));
    if (service.columns(names.dataset(), CaseNames.TABLE).isEmpty()) {
      service.execute(target.create());
    }
    dropTables();
    service.execute(target.createStage());
  }

  private void dropTables() {
    target.own().forEach(table -> service.dropTable(names.dataset(), table));
  }

  @Override
  public void write(RowBatch batch) {
    for (int i = 0; i < batch.size(); i++) {
      rows.add(batch.row(i), batch.op(i) == Op.DELETE);
    }
  }

  @Override
  public void publish() {
    rows.flush();
    target.arrange(plan).ifPresent(service::execute);
    service.execute(target.publish(plan));
  }

  @Override
  public LoadTotals held() {
    List<@Nullable String> totals = row(target.held(plan));
    return new LoadTotals(
        Long.parseLong(cell(totals, 0)),
        new BigDecimal(cell(totals, 1)).toBigIntegerExact().longValue(),
        new BigDecimal(cell(totals, 2)),
        DELETING.contains(plan.action()) ? Long.parseLong(cell(row(target.heldDeletes()), 0)) : 0);
  }

  private List<@Nullable String> row(String select) {
    List<List<@Nullable String>> rows = new ArrayList<>();
    service.select(select, rows::add);
    return rows.get(0);
  }

  private static String cell(List<@Nullable String> row, int place) {
    return Objects.requireNonNull(row.get(place), "A total is never NULL.");
  }

  @Override
  public void close() {
    Interruption.deferred(
        () -> {
          try {
            dropTables();
          } catch (SystemFailureException e) {
            // Nobody answers, and the stage goes with the dataset; whoever needed it has been told.
            return;
          }
        });
  }
}

package io.plumbline.matrix.defect;

import io.plumbline.matrix.connector.Load;
import io.plumbline.matrix.connector.LoadPlan;
import io.plumbline.matrix.connector.LoadTotals;
import io.plumbline.matrix.connector.RowBatch;
import io.plumbline.matrix.connector.SinkWriter;
import io.plumbline.matrix.dataset.Column;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A writer that collects a load and then does something else. It reports what was handed over as
 * what it holds, as a sink would that does not know that it is broken: otherwise the mover's own
 * gate would see what the oracle's checks have to see.
 */
final class FaultyWriter implements SinkWriter {
  private static final int BATCH_ROWS = 1_000;

  private final SinkWriter inner;
  private final LoadFault fault;
  private final BooleanSupplier first;

  FaultyWriter(SinkWriter inner, LoadFault fault, BooleanSupplier first) {
    this.inner = inner;
    this.fault = fault;
    this.first = first;
  }

  @Override
  public Load begin(LoadPlan plan) {
    return new FaultyLoad(plan, first.getAsBoolean());
  }

  private final class FaultyLoad implements Load {
    private final LoadPlan plan;
    private final boolean firstLoad;
    private final List<RowOp> handedOver = new ArrayList<>();
    private @Nullable Load done;

    FaultyLoad(LoadPlan plan, boolean firstLoad) {
      this.plan = plan;
      this.firstLoad = firstLoad;
    }

    @Override
    public void write(RowBatch batch) {
      for (int i = 0; i < batch.size(); i++) {
        handedOver.add(new RowOp(batch.op(i), batch.row(i)));
      }
    }

    @Override
    public void publish() {
      for (Delivery delivery : fault.deliver(new Delivery(plan, firstLoad, handedOver))) {
        close();
        Load load = inner.begin(delivery.plan());
        done = load;
        RowBatch batch = new RowBatch(BATCH_ROWS);
        for (RowOp row : delivery.rows()) {
          batch.add(row.op(), row.row());
          if (batch.full()) {
            load.write(batch);
            batch.clear();
          }
        }
        load.write(batch);
        load.publish();
      }
    }

    @Override
    public LoadTotals held() {
      if (done != null) {
        done.held();
      }
      long rows = 0;
      long keys = 0;
      BigDecimal amounts = BigDecimal.ZERO;
      for (RowOp row : handedOver) {
        if (!row.delete()) {
          rows++;
          keys += row.key();
          amounts = amounts.add((BigDecimal) row.row()[Column.AMOUNT]);
        }
      }
      return new LoadTotals(rows, keys, amounts, 0);
    }

    @Override
    public void close() {
      if (done != null) {
        done.close();
        done = null;
      }
    }
  }
}

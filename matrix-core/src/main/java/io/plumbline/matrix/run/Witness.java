package io.plumbline.matrix.run;

import io.plumbline.matrix.connector.Extraction;
import io.plumbline.matrix.connector.ForwardingExtraction;
import io.plumbline.matrix.connector.ForwardingLoad;
import io.plumbline.matrix.connector.ForwardingReader;
import io.plumbline.matrix.connector.Load;
import io.plumbline.matrix.connector.LoadPlan;
import io.plumbline.matrix.connector.LoadTotals;
import io.plumbline.matrix.connector.Op;
import io.plumbline.matrix.connector.ReadRequest;
import io.plumbline.matrix.connector.RowBatch;
import io.plumbline.matrix.connector.SinkWriter;
import io.plumbline.matrix.connector.SourceReader;
import io.plumbline.matrix.mover.ForwardingStateStore;
import io.plumbline.matrix.mover.State;
import io.plumbline.matrix.mover.StateStore;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.function.UnaryOperator;

/**
 * Stands between a mover and the systems and notes the calls that pass, so that neither the mover's
 * ledger nor its counters have to be believed.
 */
final class Witness {
  private static final long ROWS_PER_NOTE = 100_000;
  private final List<String> calls = new ArrayList<>();
  private final LongConsumer progress;
  private long rowsExtracted;
  private long rowsLoaded;

  Witness(LongConsumer progress) {
    this.progress = progress;
  }

  List<String> calls() {
    return List.copyOf(calls);
  }

  long rowsExtracted() {
    return rowsExtracted;
  }

  /** Rows with values that were handed to the sink; deletes do not count. */
  long rowsLoaded() {
    return rowsLoaded;
  }

  SourceReader watch(SourceReader reader) {
    return new ForwardingReader(reader) {
      @Override
      public Extraction open(ReadRequest request) {
        calls.add("open");
        return watch(super.open(request));
      }
    };
  }

  private Extraction watch(Extraction extraction) {
    return new ForwardingExtraction(extraction) {
      @Override
      public boolean read(RowBatch batch) {
        boolean more = super.read(batch);
        rowsExtracted += batch.size();
        return more;
      }
    };
  }

  /**
   * Watches a writer.
   *
   * @param report what becomes of the totals that the sink holds; a gate probe falsifies them
   */
  SinkWriter watch(SinkWriter writer, UnaryOperator<LoadTotals> report) {
    return plan -> watch(writer, plan, report);
  }

  private Load watch(SinkWriter writer, LoadPlan plan, UnaryOperator<LoadTotals> report) {
    return new ForwardingLoad(writer.begin(plan)) {
      @Override
      public void write(RowBatch batch) {
        super.write(batch);
        long before = rowsLoaded / ROWS_PER_NOTE;
        for (int i = 0; i < batch.size(); i++) {
          rowsLoaded += batch.op(i) == Op.DELETE ? 0 : 1;
        }
        if (rowsLoaded / ROWS_PER_NOTE > before) {
          progress.accept(rowsLoaded);
        }
      }

      @Override
      public void publish() {
        super.publish();
        calls.add("publish");
      }

      @Override
      public LoadTotals held() {
        calls.add("held");
        return report.apply(super.held());
      }
    };
  }

  StateStore watch(StateStore states) {
    return new ForwardingStateStore(states) {
      @Override
      public void commit(State next) {
        super.commit(next);
        calls.add("commit");
      }
    };
  }
}

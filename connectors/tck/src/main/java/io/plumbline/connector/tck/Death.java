package io.plumbline.connector.tck;

import io.plumbline.connector.tck.BadDaysContract.Server;
import io.plumbline.matrix.connector.Extraction;
import io.plumbline.matrix.connector.ForwardingExtraction;
import io.plumbline.matrix.connector.ForwardingLoad;
import io.plumbline.matrix.connector.ForwardingReader;
import io.plumbline.matrix.connector.LoadTotals;
import io.plumbline.matrix.connector.ReadRequest;
import io.plumbline.matrix.connector.RowBatch;
import io.plumbline.matrix.connector.SinkWriter;
import io.plumbline.matrix.connector.SourceReader;

/** Kills a server in the middle of a move. */
record Death(Moment moment, Server server) {
  /** When it is killed. */
  enum Moment {
    /** Some rows are read. */
    EXTRACT,
    /** All rows are written, and nothing is published. */
    LOAD,
    /** Everything is published, and nobody has looked. */
    RECONCILE
  }

  private void killIf(Moment now) {
    if (moment == now) {
      server.kill();
    }
  }

  SourceReader reading(SourceReader reader) {
    return new ForwardingReader(reader) {
      @Override
      public Extraction open(ReadRequest request) {
        return new ForwardingExtraction(super.open(request)) {
          private boolean begun;

          @Override
          public boolean read(RowBatch batch) {
            boolean more = super.read(batch);
            if (!begun) {
              begun = true;
              killIf(Moment.EXTRACT);
            }
            return more;
          }
        };
      }
    };
  }

  SinkWriter writing(SinkWriter writer) {
    return plan ->
        new ForwardingLoad(writer.begin(plan)) {
          @Override
          public void publish() {
            killIf(Moment.LOAD);
            super.publish();
          }

          @Override
          public LoadTotals held() {
            killIf(Moment.RECONCILE);
            return super.held();
          }
        };
  }
}

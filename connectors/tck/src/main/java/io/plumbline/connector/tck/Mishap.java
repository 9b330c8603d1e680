package io.plumbline.connector.tck;

import io.plumbline.matrix.connector.Extraction;
import io.plumbline.matrix.connector.ForwardingExtraction;
import io.plumbline.matrix.connector.ForwardingLoad;
import io.plumbline.matrix.connector.ForwardingReader;
import io.plumbline.matrix.connector.LoadTotals;
import io.plumbline.matrix.connector.ReadRequest;
import io.plumbline.matrix.connector.RowBatch;
import io.plumbline.matrix.connector.SinkWriter;
import io.plumbline.matrix.connector.SourceReader;
import io.plumbline.matrix.mover.ForwardingStateStore;
import io.plumbline.matrix.mover.Mover;
import io.plumbline.matrix.mover.ReferenceMover;
import io.plumbline.matrix.mover.State;
import io.plumbline.matrix.mover.StateStore;
import org.apiguardian.api.API;

/**
 * What happens in the middle of a move: a server that dies, a network that is cut.
 *
 * @param happens called again as often as the move comes to its moment
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public record Mishap(Moment moment, Runnable happens) {

  /** When it happens. */
  public enum Moment {
    /** Some rows are read. */
    EXTRACT,
    /** All rows are written, and nothing is published. */
    LOAD,
    /** Everything is published, and nobody has looked. */
    RECONCILE,
    /** Everything is reconciled, and the state does not say so. */
    STATE_COMMIT
  }

  private void happenAt(Moment now) {
    if (moment == now) {
      happens.run();
    }
  }

  /** Moves as the reference mover does, and it happens when its moment is there. */
  public Mover mover() {
    return request ->
        new ReferenceMover()
            .move(
                request
                    .withReader(reading(request.reader()))
                    .withWriter(writing(request.writer()))
                    .withStates(committing(request.states())));
  }

  /** Reads as a reader does, and it happens when its moment is there. */
  private SourceReader reading(SourceReader reader) {
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
              happenAt(Moment.EXTRACT);
            }
            return more;
          }
        };
      }
    };
  }

  /** Writes as a writer does, and it happens when its moment is there. */
  private SinkWriter writing(SinkWriter writer) {
    return plan ->
        new ForwardingLoad(writer.begin(plan)) {
          @Override
          public void publish() {
            happenAt(Moment.LOAD);
            super.publish();
          }

          @Override
          public LoadTotals held() {
            happenAt(Moment.RECONCILE);
            return super.held();
          }
        };
  }

  /** Commits as a store does, and it happens when its moment is there. */
  private StateStore committing(StateStore states) {
    return new ForwardingStateStore(states) {
      @Override
      public void commit(State next) {
        happenAt(Moment.STATE_COMMIT);
        super.commit(next);
      }
    };
  }
}

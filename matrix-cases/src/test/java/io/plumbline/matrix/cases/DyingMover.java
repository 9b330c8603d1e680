package io.plumbline.matrix.cases;

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
import io.plumbline.matrix.mover.MoveRequest;
import io.plumbline.matrix.mover.Mover;
import io.plumbline.matrix.mover.PhaseLedger;
import io.plumbline.matrix.mover.ReconcileFailedException;
import io.plumbline.matrix.mover.ReferenceMover;
import io.plumbline.matrix.mover.State;
import io.plumbline.matrix.mover.StateStore;
import java.time.InstantSource;

/** Dies once in every move, at the same moment, and is started again with the state it left. */
final class DyingMover implements Mover {
  /** When it dies. */
  enum Moment {
    /** Some rows are read, and none written. */
    READING,
    /** Everything is staged, and nothing is visible. */
    PUBLISHING,
    /** Everything is visible, and nobody has looked. */
    RECONCILING,
    /** Everything is right, and the state does not know it. */
    COMMITTING
  }

  /** Something that only this mover throws. */
  private static final class Death extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private final Mover mover = new ReferenceMover();
  private final Moment moment;
  private int deaths;

  DyingMover(Moment moment) {
    this.moment = moment;
  }

  @Override
  public void move(MoveRequest request) {
    try {
      mover.move(
          request
              .withReader(
                  moment == Moment.READING ? dyingReader(request.reader()) : request.reader())
              .withWriter(dyingWriter(request.writer()))
              .withStates(dyingStates(request.states()))
              // The phases of a move that died are not those of the one that is judged.
              .withLedger(new PhaseLedger(InstantSource.system(), entry -> {})));
    } catch (Death e) {
      deaths++;
      mover.move(request);
    } catch (ReconcileFailedException e) {
      // Refused before it could die: the one that is judged does it again.
      mover.move(request);
    }
  }

  int deaths() {
    return deaths;
  }

  private void dieIf(Moment now) {
    if (moment == now) {
      throw new Death();
    }
  }

  private static SourceReader dyingReader(SourceReader reader) {
    return new ForwardingReader(reader) {
      @Override
      public Extraction open(ReadRequest request) {
        return new ForwardingExtraction(super.open(request)) {
          @Override
          public boolean read(RowBatch batch) {
            super.read(batch);
            throw new Death();
          }
        };
      }
    };
  }

  private SinkWriter dyingWriter(SinkWriter writer) {
    return plan ->
        new ForwardingLoad(writer.begin(plan)) {
          @Override
          public void publish() {
            dieIf(Moment.PUBLISHING);
            super.publish();
          }

          @Override
          public LoadTotals held() {
            dieIf(Moment.RECONCILING);
            return super.held();
          }
        };
  }

  private StateStore dyingStates(StateStore states) {
    return new ForwardingStateStore(states) {
      @Override
      public void commit(State next) {
        dieIf(Moment.COMMITTING);
        super.commit(next);
      }
    };
  }
}

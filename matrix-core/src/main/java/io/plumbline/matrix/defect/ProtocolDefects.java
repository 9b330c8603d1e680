package io.plumbline.matrix.defect;

import static io.plumbline.matrix.registry.Strategy.BACKFILL;
import static io.plumbline.matrix.registry.Strategy.CDC;
import static io.plumbline.matrix.registry.Strategy.INCREMENTAL_APPEND;
import static io.plumbline.matrix.registry.Strategy.INCREMENTAL_MERGE;
import static io.plumbline.matrix.registry.Strategy.PARTITION_REPLACE;
import static io.plumbline.matrix.registry.Strategy.SNAPSHOT_DIFF;
import static io.plumbline.matrix.registry.Strategy.XMIN;

import io.plumbline.matrix.connector.ForwardingLoad;
import io.plumbline.matrix.connector.Load;
import io.plumbline.matrix.connector.LoadPlan;
import io.plumbline.matrix.connector.LoadTotals;
import io.plumbline.matrix.connector.Position;
import io.plumbline.matrix.connector.RowBatch;
import io.plumbline.matrix.dataset.Column;
import io.plumbline.matrix.mover.ForwardingStateStore;
import io.plumbline.matrix.mover.MoveRequest;
import io.plumbline.matrix.mover.Mover;
import io.plumbline.matrix.mover.PhaseLedger;
import io.plumbline.matrix.mover.ReconcileFailedException;
import io.plumbline.matrix.mover.State;
import io.plumbline.matrix.mover.StateStore;
import io.plumbline.matrix.oracle.Check;
import io.plumbline.matrix.run.Falsification;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Phases, gate and state that go wrong while the rows may all be right. */
final class ProtocolDefects {
  private ProtocolDefects() {}

  static List<Defect> all() {
    return List.of(
        Defect.of(
            "state-committed-before-load",
            "The state is committed when the load begins.",
            Check.PHASE_ORDER,
            (mover, columns) -> new EarlyCommit(mover)),
        Defect.of(
            "state-not-moved",
            "The state is never committed.",
            Check.STATE_POSITION,
            Fault.onRequest(request -> request.withStates(forgetting(request.states())))),
        Defect.of(
            "state-commits-twice",
            "Every load moves the state twice.",
            Check.STATE_POSITION,
            Fault.onRequest(request -> request.withStates(hasty(request.states())))),
        Defect.of(
            "state-of-another-case",
            "The state is committed under the id of another case.",
            Check.STATE_POSITION,
            Fault.onCommits(
                (before, next) ->
                    new State(
                        next.caseId() + "_copy",
                        next.version(),
                        next.position(),
                        next.marks(),
                        next.keys()))),
        Defect.of(
            "position-stays-behind",
            "The state is committed with the position of the load before.",
            Check.EXTRACT_CHECKSUM,
            Fault.onCommits((before, next) -> moved(next, before.position(), next.keys())),
            INCREMENTAL_APPEND,
            INCREMENTAL_MERGE,
            CDC),
        Defect.of(
            "position-lost-by-an-empty-load",
            "A load that finds nothing new commits the position of the very beginning.",
            Check.EXTRACT_CHECKSUM,
            Fault.onCommits(
                (before, next) ->
                    next.position().equals(before.position())
                        ? moved(
                            next, each(next.position(), ProtocolDefects::beginning), next.keys())
                        : next),
            INCREMENTAL_APPEND,
            INCREMENTAL_MERGE,
            CDC),
        Defect.of(
            "known-keys-forgotten",
            "The state keeps no keys, so that nothing is ever found deleted.",
            Check.DELETED_KEYS_ABSENT,
            Fault.onCommits((before, next) -> moved(next, next.position(), new byte[0])),
            SNAPSHOT_DIFF,
            XMIN),
        Defect.of(
            "committed-chunks-forgotten",
            "The state keeps no marks, so that a backfill loads its chunks again.",
            Check.STATE_POSITION,
            Fault.onCommits((before, next) -> unmarked(next)),
            BACKFILL),
        Defect.of(
            "touched-partitions-forgotten",
            "The state keeps no marks, so that every partition seems to be new.",
            Check.UNTOUCHED_ROWS_UNTOUCHED,
            Fault.onCommits((before, next) -> unmarked(next)),
            PARTITION_REPLACE),
        Defect.of(
            "gate-always-open",
            "Reconcile takes what was handed over for what the sink holds.",
            Check.RECONCILED,
            trusting(true, (handed, held) -> handed)),
        Defect.of(
            "gate-not-asked",
            "Reconcile does not ask the sink at all.",
            Check.RECONCILED,
            trusting(false, (handed, held) -> handed)),
        gate(
            "gate-accepts-too-many-rows",
            "Reconcile only looks for rows that are missing.",
            Falsification.ROW_TOO_MANY),
        // Of the few cases of xmin none is probed with it.
        gate(
                "gate-accepts-too-few-rows",
                "Reconcile only looks for rows that are too many.",
                Falsification.ROW_TOO_FEW)
            .except(XMIN),
        gate(
            "gate-does-not-compare-keys",
            "Reconcile counts rows, whatever their keys are.",
            Falsification.OTHER_KEYS),
        gate(
            "gate-does-not-compare-amounts",
            "Reconcile does not look at the amounts.",
            Falsification.OTHER_AMOUNTS),
        gate(
            "gate-does-not-look-for-deleted-keys",
            "Reconcile does not care whether deleted keys are gone.",
            Falsification.DELETED_KEYS_PRESENT),
        Defect.of(
            "reconcile-crashes",
            "The mover crashes where it had to refuse.",
            Check.RECONCILED,
            (mover, columns) ->
                request -> {
                  try {
                    mover.move(request);
                  } catch (ReconcileFailedException e) {
                    throw new IllegalStateException("no totals", e);
                  }
                }),
        Defect.of(
            "state-moved-although-reconcile-failed",
            "Reconcile fails, and the state is committed all the same.",
            Check.RECONCILED,
            (mover, columns) ->
                request -> {
                  try {
                    mover.move(request);
                  } catch (ReconcileFailedException e) {
                    request.states().commit(following(request));
                    throw e;
                  }
                }),
        Defect.of(
            "reconcile-failure-swallowed",
            "Reconcile fails, and the mover reports success.",
            Check.RECONCILED,
            (mover, columns) ->
                request -> {
                  try {
                    mover.move(request);
                  } catch (ReconcileFailedException ignored) {
                    // The defect: nobody is told.
                  }
                }),
        Defect.of(
            "ledger-not-kept",
            "The phases are recorded somewhere else.",
            Check.PHASE_ORDER,
            Fault.onRequest(
                request ->
                    request.withLedger(new PhaseLedger(InstantSource.system(), entry -> {})))));
  }

  /** A gate that does not see one kind of wrong totals, in the cases that are probed with it. */
  private static Defect gate(String id, String description, Falsification unseen) {
    return Defect.of(
            id,
            description,
            Check.RECONCILED,
            trusting(true, (handed, held) -> held.matches(unseen.apply(handed)) ? handed : held))
        .only(c -> Falsification.of(c.matrixCase().id()) == unseen);
  }

  /** A position with every entry changed. */
  static Position each(Position position, UnaryOperator<String> change) {
    SortedMap<String, String> changed = new TreeMap<>(position.values());
    changed.replaceAll((name, mark) -> change.apply(mark));
    return new Position(changed);
  }

  private static String beginning(String mark) {
    return mark.contains("T") ? LocalDateTime.MIN.toString() : "0";
  }

  private static State moved(State next, Position position, byte[] keys) {
    return new State(next.caseId(), next.version(), position, next.marks(), keys);
  }

  private static State unmarked(State next) {
    return new State(
        next.caseId(), next.version(), next.position(), Collections.emptySortedMap(), next.keys());
  }

  /** The state that would come next if nothing was read. */
  private static State following(MoveRequest request) {
    Optional<State> now = request.states().read();
    return new State(
        request.caseId().toString(),
        now.map(State::version).orElse(0L) + 1,
        now.map(State::position).orElseGet(Position::none),
        now.map(State::marks).orElseGet(TreeMap::new),
        now.map(State::keys).orElseGet(() -> new byte[0]));
  }

  private static StateStore forgetting(StateStore states) {
    return new ForwardingStateStore(states) {
      @Override
      public void commit(State next) {
        // The defect: nothing is kept.
      }
    };
  }

  private static StateStore hasty(StateStore states) {
    return new ForwardingStateStore(states) {
      @Override
      public void commit(State next) {
        long version = read().map(State::version).orElse(0L) + 1;
        for (long v = version; v <= version + 1; v++) {
          super.commit(new State(next.caseId(), v, next.position(), next.marks(), next.keys()));
        }
      }
    };
  }

  /**
   * Says something else than what the sink holds, whether or not the sink was asked.
   *
   * @param said of the totals that were handed over and those that are held
   */
  private static Fault trusting(boolean asks, BinaryOperator<LoadTotals> said) {
    return Fault.onRequest(
        request ->
            request.withWriter(plan -> new TrustingLoad(request.writer().begin(plan), asks, said)));
  }

  private static final class TrustingLoad extends ForwardingLoad {
    private final boolean asks;
    private final BinaryOperator<LoadTotals> said;
    private long rows;
    private long keys;
    private BigDecimal amounts = BigDecimal.ZERO;

    TrustingLoad(Load load, boolean asks, BinaryOperator<LoadTotals> said) {
      super(load);
      this.asks = asks;
      this.said = said;
    }

    @Override
    public void write(RowBatch batch) {
      super.write(batch);
      for (int i = 0; i < batch.size(); i++) {
        RowOp row = new RowOp(batch.op(i), batch.row(i));
        if (!row.delete()) {
          rows++;
          keys += row.key();
          amounts = amounts.add((BigDecimal) row.row()[Column.AMOUNT]);
        }
      }
    }

    @Override
    public LoadTotals held() {
      LoadTotals handed = new LoadTotals(rows, keys, amounts, 0);
      return said.apply(handed, asks ? super.held() : handed);
    }
  }

  /**
   * Commits a state that only counts when a load begins, and keeps to itself what the mover commits
   * afterwards, so that the next round goes on as if nothing was wrong.
   */
  private static final class EarlyCommit implements Mover {
    private final Mover mover;
    private @Nullable State known;

    EarlyCommit(Mover mover) {
      this.mover = mover;
    }

    @Override
    public void move(MoveRequest request) {
      StateStore kept =
          new StateStore() {
            @Override
            public Optional<State> read() {
              return Optional.ofNullable(known);
            }

            @Override
            public void commit(State next) {
              known = next;
            }
          };
      mover.move(
          request
              .withStates(kept)
              .withWriter(
                  (LoadPlan plan) -> {
                    request.states().commit(following(request));
                    return request.writer().begin(plan);
                  }));
    }
  }
}

package io.plumbline.matrix.run;

import io.plumbline.matrix.connector.CaseScope;
import io.plumbline.matrix.connector.ColumnContract;
import io.plumbline.matrix.connector.Connector;
import io.plumbline.matrix.connector.Fixture.PendingChanges;
import io.plumbline.matrix.connector.LoadTotals;
import io.plumbline.matrix.connector.Sink;
import io.plumbline.matrix.connector.Source;
import io.plumbline.matrix.connector.SystemFailureException;
import io.plumbline.matrix.dataset.ChangeSet;
import io.plumbline.matrix.dataset.Dataset;
import io.plumbline.matrix.mover.MoveRequest;
import io.plumbline.matrix.mover.Mover;
import io.plumbline.matrix.mover.Phase;
import io.plumbline.matrix.mover.PhaseLedger;
import io.plumbline.matrix.mover.ReconcileFailedException;
import io.plumbline.matrix.mover.State;
import io.plumbline.matrix.mover.StateStore;
import io.plumbline.matrix.oracle.CaseVerifier;
import io.plumbline.matrix.oracle.Check;
import io.plumbline.matrix.oracle.CheckResult;
import io.plumbline.matrix.oracle.Difference;
import io.plumbline.matrix.oracle.Evidence;
import io.plumbline.matrix.oracle.Round;
import io.plumbline.matrix.oracle.RoundVerification;
import io.plumbline.matrix.registry.Strategy;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The rounds of one supported case: first, change, replay, and a gate probe, in which the harness
 * falsifies what the sink holds and expects the mover to refuse. Used once.
 */
final class CaseRunner {
  static final LocalDateTime FIRST_EFFECTIVE_AT = LocalDateTime.of(2026, 6, 4, 0, 0);
  static final LocalDateTime CHANGE_EFFECTIVE_AT = LocalDateTime.of(2026, 6, 11, 0, 0);
  private static final LocalDateTime REPLAY_EFFECTIVE_AT = LocalDateTime.of(2026, 6, 18, 0, 0);
  private static final int BATCH_ROWS = 1_000;
  private static final String GATE = "gate";

  private final CaseScope scope;
  private final Connector sourceConnector;
  private final Source source;
  private final Connector sinkConnector;
  private final Sink sink;
  private final StateStore states;
  private final Mover mover;
  private final CaseVerifier verifier;
  private final CaseWatch watch;

  private final List<RoundResult> rounds = new ArrayList<>();
  private @Nullable Difference difference;
  private @Nullable Throwable failure;

  CaseRunner(
      CaseScope scope,
      Connector sourceConnector,
      Source source,
      Connector sinkConnector,
      Sink sink,
      StateStore states,
      Mover mover,
      CaseVerifier verifier,
      CaseWatch watch) {
    this.scope = scope;
    this.sourceConnector = sourceConnector;
    this.source = source;
    this.sinkConnector = sinkConnector;
    this.sink = sink;
    this.states = states;
    this.mover = mover;
    this.verifier = verifier;
    this.watch = watch;
  }

  /** What the rounds left to say. */
  record Outcome(
      List<RoundResult> rounds, Optional<Difference> difference, @Nullable Throwable failure) {}

  /** True when a failure says nothing about the product. */
  static boolean brokenLab(@Nullable Throwable failure) {
    return failure instanceof SystemFailureException || failure instanceof PhaseTimeoutException;
  }

  Outcome run() {
    PendingChanges inFlight = null;
    try {
      long started = watch.millis();
      source.fixture().seed();
      if (xmin()) {
        inFlight = source.fixture().begin(changes(ChangeSet.Part.IN_FLIGHT));
      }
      round(Round.FIRST, FIRST_EFFECTIVE_AT, watch.millis() - started);
      if (failure == null) {
        started = watch.millis();
        if (inFlight != null) {
          inFlight.commit();
        }
        source.fixture().apply(changes(xmin() ? ChangeSet.Part.REST : ChangeSet.Part.ALL));
        round(Round.CHANGE, CHANGE_EFFECTIVE_AT, watch.millis() - started);
      }
      if (failure == null) {
        round(Round.REPLAY, REPLAY_EFFECTIVE_AT, 0);
      }
      if (failure == null) {
        gate();
      }
    } finally {
      if (inFlight != null) {
        inFlight.close();
      }
    }
    return new Outcome(rounds, Optional.ofNullable(difference), failure);
  }

  private boolean xmin() {
    return scope.caseId().strategy() == Strategy.XMIN;
  }

  private ChangeSet changes(ChangeSet.Part part) {
    Strategy strategy = scope.caseId().strategy();
    boolean soft =
        strategy == Strategy.INCREMENTAL_APPEND || strategy == Strategy.INCREMENTAL_MERGE;
    return new ChangeSet(
        scope.dataset(), soft ? ChangeSet.Deletes.SOFT : ChangeSet.Deletes.PHYSICAL, part);
  }

  private void round(Round round, LocalDateTime effectiveAt, long fixtureMillis) {
    Witness witness = witness(round.id());
    long moveStarted = watch.millis();
    PhaseLedger ledger =
        move(witness, effectiveAt, Dataset.changedDates(), UnaryOperator.identity());
    if (brokenLab(failure)) {
      // Whoever looked now would wait for what the mover has waited for.
      rounds.add(
          new RoundResult(
              round.id(),
              ledger.entries(),
              List.of(completed()),
              moved(witness),
              Map.of(),
              millis(fixtureMillis, watch.millis() - moveStarted, 0)));
      return;
    }
    long verifyStarted = watch.millis();
    RoundVerification verification =
        verifier.verify(round, new InspectedTarget(sink.inspector()), evidence(ledger, witness));
    long ended = watch.millis();
    List<CheckResult> checks = new ArrayList<>();
    checks.add(completed());
    checks.addAll(verification.checks());
    if (difference == null) {
      difference = verification.difference().orElse(null);
    }
    Map<String, Long> counts = moved(witness);
    counts.putAll(verification.counts());
    counts.put("physical_rows", sink.inspector().physicalRows());
    rounds.add(
        new RoundResult(
            round.id(),
            ledger.entries(),
            checks,
            counts,
            verification.checksums(),
            millis(fixtureMillis, verifyStarted - moveStarted, ended - verifyStarted)));
  }

  /**
   * The last round: what the sink holds is falsified, so the mover must refuse and the state must
   * stay. What it read shows that the state of the replay is one that a load can go on from.
   */
  private void gate() {
    long version = states.read().map(State::version).orElse(0L);
    Witness witness = witness(GATE);
    long moveStarted = watch.millis();
    // A day that no chunk has loaded yet, so that a backfill has something to do.
    List<LocalDate> backfill = List.of(Dataset.FIRST_CHANGED_DATE.minusDays(1));
    Falsification falsification = Falsification.of(scope.caseId());
    PhaseLedger ledger = move(witness, REPLAY_EFFECTIVE_AT, backfill, falsification);
    List<CheckResult> checks = new ArrayList<>();
    checks.add(reconciled(falsification, version, witness));
    if (!brokenLab(failure)) {
      failure = null;
      checks.addAll(verifier.readsAgain(evidence(ledger, witness)));
    }
    rounds.add(
        new RoundResult(
            GATE,
            ledger.entries(),
            checks,
            moved(witness),
            Map.of(),
            millis(0, watch.millis() - moveStarted, 0)));
  }

  private CheckResult reconciled(Falsification falsification, long version, Witness witness) {
    if (!witness.calls().contains("held")) {
      return CheckResult.unknown(Check.RECONCILED, "the mover did not ask what the sink holds");
    }
    String did =
        failure == null
            ? "accepted"
            : failure instanceof ReconcileFailedException ? "refused" : "ended with " + failure;
    long after = states.read().map(State::version).orElse(0L);
    String sentence = "load with %s %s, state at version %d";
    return CheckResult.ofEqual(
        Check.RECONCILED,
        sentence.formatted(falsification, "refused", version),
        sentence.formatted(falsification, did, after));
  }

  private Witness witness(String round) {
    return new Witness(
        rows -> watch.progress().note(scope.caseId(), "%s load %,d rows".formatted(round, rows)));
  }

  private PhaseLedger move(
      Witness witness,
      LocalDateTime effectiveAt,
      List<LocalDate> backfill,
      UnaryOperator<LoadTotals> held) {
    try (PhaseDeadline deadline = watch.deadline()) {
      PhaseLedger ledger = new PhaseLedger(watch.clock(), deadline::accept);
      try {
        mover.move(
            new MoveRequest(
                scope.caseId(),
                sourceConnector.features(),
                sinkConnector.features(),
                witness.watch(source.reader()),
                witness.watch(sink.writer(), held),
                witness.watch(states),
                ledger,
                new MoveRequest.Parameters(effectiveAt, Dataset.LAST_DATE, backfill, BATCH_ROWS)));
      } catch (RuntimeException e) {
        failure = e;
      }
      // Also of a mover that did not care.
      if (!deadline.exceeded().isEmpty()) {
        failure =
            new PhaseTimeoutException(
                "Phase '%s' took longer than %s (matrix.timeout.phase)."
                    .formatted(deadline.exceeded(), watch.phaseTimeout()),
                failure);
      }
      return ledger;
    }
  }

  private CheckResult completed() {
    return CheckResult.ofEqual(
        Check.MOVE_COMPLETED, "no error", failure == null ? "no error" : String.valueOf(failure));
  }

  private Evidence evidence(PhaseLedger ledger, Witness witness) {
    List<PhaseLedger.Entry> ended = ledger.entries().stream().filter(e -> e.end() != null).toList();
    List<PhaseLedger.Entry> extracts =
        ended.stream().filter(e -> e.phase() == Phase.EXTRACT).toList();
    Optional<State> state = states.read();
    return new Evidence(
        ended.stream().map(e -> e.phase().id()).toList(),
        witness.calls(),
        witness.rowsExtracted(),
        extracts.stream().mapToLong(PhaseLedger.Entry::rows).sum(),
        extracts.stream().map(PhaseLedger.Entry::checksum).toList(),
        state.map(State::caseId).orElse(""),
        state.map(State::version).orElse(0L));
  }

  private Map<String, Long> moved(Witness witness) {
    long cells = scope.columns().stream().filter(ColumnContract::atSource).count();
    Map<String, Long> counts = new LinkedHashMap<>();
    counts.put("rows_extracted", witness.rowsExtracted());
    counts.put("rows_moved", witness.rowsLoaded());
    counts.put("cells_moved", witness.rowsLoaded() * cells);
    return counts;
  }

  private static Map<String, Long> millis(long fixture, long move, long verify) {
    Map<String, Long> millis = new LinkedHashMap<>();
    millis.put("fixture", fixture);
    millis.put("move", move);
    millis.put("verify", verify);
    millis.put("total", fixture + move + verify);
    return millis;
  }
}

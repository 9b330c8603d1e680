package io.plumbline.matrix.run;

import io.plumbline.matrix.connector.Connector;
import io.plumbline.matrix.dataset.Dataset;
import io.plumbline.matrix.mover.MoveRequest;
import io.plumbline.matrix.mover.Mover;
import io.plumbline.matrix.mover.PhaseLedger;
import io.plumbline.matrix.mover.StrategyRejectedException;
import io.plumbline.matrix.oracle.Check;
import io.plumbline.matrix.oracle.CheckResult;
import io.plumbline.matrix.oracle.Verdict;
import io.plumbline.matrix.registry.CaseId;
import io.plumbline.matrix.registry.MatrixCase;
import io.plumbline.matrix.registry.Strategy;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The only round of a case that is declared impossible: the mover must refuse it, say what is
 * possible instead, and touch nothing before it does.
 */
final class RefusalRound {
  private final Connector source;
  private final Connector sink;
  private final InstantSource clock;

  RefusalRound(Connector source, Connector sink, InstantSource clock) {
    this.source = source;
    this.sink = sink;
    this.clock = clock;
  }

  CaseResult run(MatrixCase matrixCase, MatrixCase.Rejected declared, Mover mover) {
    Untouchable untouchable = new Untouchable();
    PhaseLedger ledger = new PhaseLedger(clock, entry -> {});
    String code = "not refused";
    String sentence = "";
    long started = clock.millis();
    try {
      mover.move(request(matrixCase.id(), untouchable, ledger));
    } catch (StrategyRejectedException e) {
      code = e.code();
      sentence = String.valueOf(e.getMessage());
    } catch (RuntimeException e) {
      code = "not refused: " + e;
    }
    RoundResult round =
        new RoundResult(
            "refusal",
            ledger.entries(),
            List.of(
                CheckResult.ofEqual(Check.REFUSED, declared.code(), code),
                CheckResult.ofEqual(
                    Check.REFUSAL_SAYS_WHAT_INSTEAD,
                    declared.instead().stream().map(Strategy::id).sorted().toList(),
                    recommended(sentence)),
                CheckResult.ofEqual(
                    Check.NOTHING_TOUCHED,
                    List.of(),
                    Stream.concat(
                            untouchable.touched().stream(),
                            ledger.entries().stream().map(e -> e.phase().id()))
                        .toList())),
            Map.of(),
            Map.of(),
            Map.of("total", clock.millis() - started));
    Verdict verdict = Verdict.of(round.checks());
    boolean refused = verdict == Verdict.PASS;
    return new CaseResult(
        matrixCase,
        refused ? Verdict.REJECTED_AS_DECLARED : verdict,
        refused ? sentence : CaseResult.reason(List.of(round)),
        Optional.empty(),
        List.of(round),
        Optional.empty(),
        null);
  }

  private MoveRequest request(CaseId id, Untouchable untouchable, PhaseLedger ledger) {
    return new MoveRequest(
        id,
        source.features(),
        sink.features(),
        untouchable,
        untouchable,
        untouchable,
        ledger,
        new MoveRequest.Parameters(
            CaseRunner.FIRST_EFFECTIVE_AT, Dataset.LAST_DATE, Dataset.changedDates(), 1));
  }

  /**
   * The strategies that a refusal says to use, in alphabetical order. Before that word it may name
   * its own and what a system does not offer, which is called the same.
   */
  private static List<String> recommended(String refusal) {
    List<String> words = List.of(refusal.split("\\W+"));
    List<String> used = words.subList(Math.max(0, words.lastIndexOf("use")), words.size());
    return Arrays.stream(Strategy.values())
        .map(Strategy::id)
        .filter(used::contains)
        .sorted()
        .toList();
  }
}

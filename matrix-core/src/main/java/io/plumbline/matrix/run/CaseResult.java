package io.plumbline.matrix.run;

import io.plumbline.matrix.connector.ColumnContract;
import io.plumbline.matrix.connector.EvidenceLevel;
import io.plumbline.matrix.connector.SystemInfo;
import io.plumbline.matrix.oracle.CheckResult;
import io.plumbline.matrix.oracle.Difference;
import io.plumbline.matrix.oracle.Verdict;
import io.plumbline.matrix.registry.MatrixCase;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * The result of one case.
 *
 * @param matrixCase the case
 * @param verdict the outcome
 * @param reason one sentence: the first failing check with expected and actual, the skip's reason,
 *     the lab's failure; empty for PASS
 * @param contract what was promised; empty when the case did not get that far
 * @param rounds what each round did
 * @param difference the first differing cells, when content differed
 * @param failure what was thrown: a broken lab when it is a {@link
 *     io.plumbline.matrix.connector.SystemFailureException} (or a timeout), else the mover's own
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public record CaseResult(
    MatrixCase matrixCase,
    Verdict verdict,
    String reason,
    Optional<Contract> contract,
    List<RoundResult> rounds,
    Optional<Difference> difference,
    @Nullable Throwable failure) {

  /** Keeps an unmodifiable copy. */
  public CaseResult {
    rounds = List.copyOf(rounds);
  }

  /**
   * What was promised.
   *
   * @param source the source's system
   * @param sink the sink's system
   * @param level the weakest level of the two
   * @param sourceDefinition DDL or schema of the source
   * @param targetDefinition DDL or schema of the target
   * @param columns contract of every column
   */
  public record Contract(
      SystemInfo source,
      SystemInfo sink,
      EvidenceLevel level,
      String sourceDefinition,
      String targetDefinition,
      List<ColumnContract> columns) {}

  /** A case of which nothing is known, because its lab is broken. */
  static CaseResult broken(MatrixCase matrixCase, RuntimeException failure) {
    return new CaseResult(
        matrixCase,
        Verdict.UNKNOWN,
        String.valueOf(failure.getMessage()),
        Optional.empty(),
        List.of(),
        Optional.empty(),
        failure);
  }

  /** A case that has no system in this run. */
  static CaseResult skipped(MatrixCase matrixCase, String reason) {
    return new CaseResult(
        matrixCase, Verdict.SKIPPED, reason, Optional.empty(), List.of(), Optional.empty(), null);
  }

  /** The first check that failed, or the first that had nothing to look at. */
  static String reason(List<RoundResult> rounds) {
    return Stream.of(CheckResult.Outcome.FAIL, CheckResult.Outcome.UNKNOWN)
        .flatMap(
            outcome ->
                rounds.stream()
                    .flatMap(
                        round ->
                            round.checks().stream()
                                .filter(c -> c.outcome() == outcome)
                                .map(c -> sentence(round, c))))
        .findFirst()
        .orElse("");
  }

  private static String sentence(RoundResult round, CheckResult check) {
    return "Round %s, check %s: expected %s, actual %s."
        .formatted(round.name(), check.check().id(), check.expected(), check.actual());
  }

  /** Sum of a count over all rounds; 0 when no round has it. */
  public long count(String name) {
    return rounds.stream().mapToLong(r -> r.counts().getOrDefault(name, 0L)).sum();
  }

  /** Sum of the rounds' wall times in milliseconds. */
  public long millis() {
    return rounds.stream().mapToLong(r -> r.millis().getOrDefault("total", 0L)).sum();
  }

  /** All checks of all rounds. */
  public List<CheckResult> checks() {
    return rounds.stream().flatMap(r -> r.checks().stream()).toList();
  }
}

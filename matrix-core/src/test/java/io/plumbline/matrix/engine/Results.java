package io.plumbline.matrix.engine;

import io.plumbline.matrix.connector.EvidenceLevel;
import io.plumbline.matrix.connector.SystemInfo;
import io.plumbline.matrix.mover.Phase;
import io.plumbline.matrix.mover.PhaseLedger;
import io.plumbline.matrix.oracle.Check;
import io.plumbline.matrix.oracle.CheckResult;
import io.plumbline.matrix.oracle.Difference;
import io.plumbline.matrix.oracle.Verdict;
import io.plumbline.matrix.registry.Family;
import io.plumbline.matrix.registry.MatrixCase;
import io.plumbline.matrix.run.CaseResult;
import io.plumbline.matrix.run.RoundResult;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Results for tests of the engine and of the artifacts. */
public final class Results {
  private Results() {}

  /** PASS, or REJECTED_AS_DECLARED where the registry says so. */
  public static CaseResult good(MatrixCase matrixCase) {
    return matrixCase.supported()
        ? of(matrixCase, Verdict.PASS, "", null)
        : of(matrixCase, Verdict.REJECTED_AS_DECLARED, "", null);
  }

  /** A result with a contract and one round; a FAIL has a difference. */
  public static CaseResult of(
      MatrixCase matrixCase, Verdict verdict, String reason, @Nullable Throwable failure) {
    Optional<Difference> difference =
        verdict == Verdict.FAIL
            ? Optional.of(
                new Difference(
                    "change",
                    List.of(new Difference.Cell(7, "w001_smallint", "1", "2")),
                    Map.of("w001_smallint", 3L),
                    1,
                    2))
            : Optional.empty();
    return new CaseResult(
        matrixCase,
        verdict,
        reason,
        Optional.of(contract(matrixCase)),
        List.of(round()),
        difference,
        failure);
  }

  private static CaseResult.Contract contract(MatrixCase matrixCase) {
    return new CaseResult.Contract(
        info(matrixCase.id().source()),
        info(matrixCase.id().sink()),
        EvidenceLevel.CONTRACT,
        "source of " + matrixCase.id(),
        "target of " + matrixCase.id(),
        List.of());
  }

  /** An in-memory system. */
  public static SystemInfo info(Family family) {
    return new SystemInfo(family, "in memory", "1", EvidenceLevel.CONTRACT);
  }

  private static RoundResult round() {
    Map<String, Long> counts = new LinkedHashMap<>();
    counts.put("rows_moved", 10L);
    counts.put("cells_moved", 1_260L);
    counts.put("rows_verified", 20L);
    counts.put("cells_verified", 2_520L);
    // Clock values that differ from run to run, as they do in real life.
    Instant now = Instant.now();
    return new RoundResult(
        "first",
        List.of(
            new PhaseLedger.Entry("load", Phase.EXTRACT, now, now.plusMillis(3), 10, 100, "abc"),
            new PhaseLedger.Entry("load", Phase.LOAD, now, null, 0, 0, "")),
        List.of(CheckResult.ofEqual(Check.ROW_COUNT, 10, 10)),
        counts,
        Map.of("expected", "00ff"),
        Map.of("total", System.nanoTime() % 1_000));
  }
}

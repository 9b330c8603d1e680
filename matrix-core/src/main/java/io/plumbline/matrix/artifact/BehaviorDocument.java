package io.plumbline.matrix.artifact;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.plumbline.matrix.mover.PhaseLedger;
import io.plumbline.matrix.oracle.CheckResult;
import io.plumbline.matrix.run.CaseResult;
import io.plumbline.matrix.run.RerunLine;
import io.plumbline.matrix.run.RoundResult;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code behavior.json}: what happened, without anything that a second run would not repeat. */
record BehaviorDocument(
    String schema,
    @JsonProperty("case") String caseId,
    String verdict,
    String reason,
    @Nullable String evidence,
    List<RoundLine> rounds,
    String rerun) {

  /** One round. */
  record RoundLine(
      String name,
      List<PhaseLine> phases,
      Map<String, Long> counts,
      Map<String, String> checksums,
      List<CheckLine> checks) {
    static RoundLine of(RoundResult round) {
      return new RoundLine(
          round.name(),
          round.phases().stream().map(PhaseLine::of).toList(),
          round.counts(),
          round.checksums(),
          round.checks().stream().map(CheckLine::of).toList());
    }
  }

  /** One phase. */
  record PhaseLine(
      String unit, String phase, boolean ended, long rows, long bytes, String checksum) {
    static PhaseLine of(PhaseLedger.Entry entry) {
      return new PhaseLine(
          entry.unit(),
          entry.phase().id(),
          entry.end() != null,
          entry.rows(),
          entry.bytes(),
          entry.checksum());
    }
  }

  /** One executed check. */
  record CheckLine(String check, String outcome, String expected, String actual) {
    static CheckLine of(CheckResult result) {
      return new CheckLine(
          result.check().id(),
          result.outcome().name().toLowerCase(Locale.ROOT),
          result.expected(),
          result.actual());
    }
  }

  static BehaviorDocument of(CaseResult result, RerunLine rerun) {
    return new BehaviorDocument(
        "plumbline.matrix.behavior/1",
        result.matrixCase().id().toString(),
        result.verdict().name(),
        result.reason(),
        result.contract().map(c -> c.level().id()).orElse(null),
        result.rounds().stream().map(RoundLine::of).toList(),
        rerun.of(result.matrixCase().id()));
  }
}

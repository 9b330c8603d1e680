package io.plumbline.matrix.artifact;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.plumbline.matrix.run.CaseResult;
import io.plumbline.matrix.run.RerunLine;
import org.jspecify.annotations.Nullable;

/** A line of {@code results.jsonl}. */
record ResultLine(
    @JsonProperty("case") String caseId,
    String suite,
    String verdict,
    String reason,
    @Nullable String evidence,
    long millis,
    long rowsMoved,
    long rowsVerified,
    long cellsMoved,
    long cellsVerified,
    long checks,
    String rerun) {

  static ResultLine of(Reported reported, RerunLine rerun) {
    CaseResult result = reported.result();
    return new ResultLine(
        result.matrixCase().id().toString(),
        reported.suite(),
        result.verdict().name(),
        result.reason(),
        result.contract().map(c -> c.level().id()).orElse(null),
        reported.wall().toMillis(),
        result.count("rows_moved"),
        result.count("rows_verified"),
        result.count("cells_moved"),
        result.count("cells_verified"),
        result.checks().size(),
        rerun.of(result.matrixCase().id()));
  }
}

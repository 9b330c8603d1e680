package io.plumbline.matrix.artifact;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.plumbline.matrix.mover.PhaseLedger;
import io.plumbline.matrix.run.CaseResult;
import io.plumbline.matrix.run.RoundResult;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code timing.json}: what differs from run to run; times are milliseconds, instants are UTC. */
record TimingDocument(
    String schema,
    @JsonProperty("case") String caseId,
    long millis,
    List<RoundLine> rounds,
    @Nullable String failure) {

  /** One round. */
  record RoundLine(String name, Map<String, Long> millis, List<PhaseLine> phases) {
    static RoundLine of(RoundResult round) {
      return new RoundLine(
          round.name(), round.millis(), round.phases().stream().map(PhaseLine::of).toList());
    }
  }

  /** One phase. */
  record PhaseLine(
      String unit, String phase, String start, @Nullable String end, @Nullable Long millis) {
    static PhaseLine of(PhaseLedger.Entry entry) {
      return new PhaseLine(
          entry.unit(),
          entry.phase().id(),
          entry.start().toString(),
          entry.end() == null ? null : entry.end().toString(),
          entry.end() == null ? null : Duration.between(entry.start(), entry.end()).toMillis());
    }
  }

  static TimingDocument of(CaseResult result, Duration wall) {
    return new TimingDocument(
        "plumbline.matrix.timing/1",
        result.matrixCase().id().toString(),
        wall.toMillis(),
        result.rounds().stream().map(RoundLine::of).toList(),
        stackTrace(result.failure()));
  }

  private static @Nullable String stackTrace(@Nullable Throwable failure) {
    if (failure == null) {
      return null;
    }
    StringWriter text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text));
    return text.toString();
  }
}

package io.plumbline.matrix.artifact;

import io.plumbline.matrix.run.CaseResult;
import io.plumbline.matrix.run.RerunLine;
import org.apiguardian.api.API;

/** What somebody needs to see of a case that did not succeed. */
@API(status = API.Status.INTERNAL, since = "0.1.0")
public final class FailureMessage {
  private FailureMessage() {}

  /** The reason, the first difference when there is one, and the rerun line; one a line. */
  public static String of(CaseResult result, RerunLine rerun) {
    StringBuilder text = new StringBuilder(result.reason());
    String difference = firstDifference(result);
    if (!difference.isEmpty()) {
      text.append("\nfirst difference: ").append(difference);
    }
    return text.append("\nrerun: ").append(rerun.of(result.matrixCase().id())).toString();
  }

  /** The first differing cell and its round; empty when there is none. */
  public static String firstDifference(CaseResult result) {
    return result
        .difference()
        .filter(d -> !d.cells().isEmpty())
        .map(d -> "round " + d.round() + ", " + d.cells().get(0))
        .orElse("");
  }
}

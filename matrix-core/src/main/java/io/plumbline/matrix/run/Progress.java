package io.plumbline.matrix.run;

import io.plumbline.matrix.registry.CaseId;
import org.apiguardian.api.API;

/** Is told what a long case is doing; called by the thread of the case. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
@FunctionalInterface
public interface Progress {
  /** Says nothing. */
  Progress SILENT = (caseId, text) -> {};

  /** One line, e.g. {@code change load 400,000 rows}. */
  void note(CaseId caseId, String text);
}

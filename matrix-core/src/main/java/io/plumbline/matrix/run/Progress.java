package io.plumbline.matrix.run;

import io.plumbline.matrix.registry.CaseId;

/** Is told what a long case is doing; called by the thread of the case. */
@FunctionalInterface
public interface Progress {
  /** Says nothing. */
  Progress SILENT = (caseId, text) -> {};

  /** One line, e.g. {@code change load 400,000 rows}. */
  void note(CaseId caseId, String text);
}

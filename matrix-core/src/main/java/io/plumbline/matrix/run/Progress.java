package io.plumbline.matrix.run;

import io.plumbline.matrix.connector.SystemInfo;
import io.plumbline.matrix.registry.CaseId;
import java.time.Duration;
import org.apiguardian.api.API;

/** Is told what a run is doing, by the thread that does it. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
@FunctionalInterface
public interface Progress {
  /** Says nothing. */
  Progress SILENT = (caseId, text) -> {};

  /** What a long case is doing, e.g. {@code change load 400,000 rows}. */
  void note(CaseId caseId, String text);

  /** A system serves cases from now on. */
  default void ready(SystemInfo system, Duration took) {}
}

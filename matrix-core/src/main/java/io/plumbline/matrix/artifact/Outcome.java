package io.plumbline.matrix.artifact;

import io.plumbline.matrix.connector.SystemFailureException;
import io.plumbline.matrix.registry.InvalidInputException;
import io.plumbline.matrix.run.CaseResult;
import io.plumbline.matrix.run.PhaseTimeoutException;
import java.util.concurrent.TimeoutException;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/** What a result means to somebody who knows only tests. */
@API(status = API.Status.INTERNAL, since = "0.1.0")
public enum Outcome {
  SUCCESS,
  /** The product is wrong, or could not be shown to be right. */
  FAILURE,
  /** The lab is broken: a system failed or was wrongly named, or something took too long. */
  ERROR,
  SKIPPED;

  /** The meaning of a result. */
  public static Outcome of(CaseResult result) {
    return switch (result.verdict()) {
      case PASS, REJECTED_AS_DECLARED -> SUCCESS;
      case SKIPPED -> SKIPPED;
      case FAIL -> FAILURE;
      case UNKNOWN -> brokenLab(result.failure()) ? ERROR : FAILURE;
    };
  }

  private static boolean brokenLab(@Nullable Throwable failure) {
    return failure instanceof SystemFailureException
        || failure instanceof PhaseTimeoutException
        || failure instanceof TimeoutException
        // The address of a system, say; no product was asked.
        || failure instanceof InvalidInputException;
  }
}

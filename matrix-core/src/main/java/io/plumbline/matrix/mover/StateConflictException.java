package io.plumbline.matrix.mover;

import org.apiguardian.api.API;

/** Somebody else committed in between. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class StateConflictException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Names both versions. */
  public StateConflictException(String caseId, long committed, long next) {
    super(
        "State of %s is at version %d, so version %d cannot be committed; only the following one can."
            .formatted(caseId, committed, next));
  }
}

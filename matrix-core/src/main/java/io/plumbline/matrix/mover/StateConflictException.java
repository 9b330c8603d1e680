package io.plumbline.matrix.mover;

/** Somebody else committed in between. */
public final class StateConflictException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Names both versions. */
  public StateConflictException(String caseId, long committed, long next) {
    super(
        "State of %s is at version %d, so version %d cannot be committed; only the following one can."
            .formatted(caseId, committed, next));
  }
}

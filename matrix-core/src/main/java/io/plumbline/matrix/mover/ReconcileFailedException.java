package io.plumbline.matrix.mover;

/** The sink does not hold what was extracted; the state has not moved. */
public final class ReconcileFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** One sentence with both totals. */
  public ReconcileFailedException(String message) {
    super(message);
  }
}

package io.plumbline.matrix.mover;

import org.apiguardian.api.API;

/** The sink does not hold what was extracted; the state has not moved. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class ReconcileFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** One sentence with both totals. */
  public ReconcileFailedException(String message) {
    super(message);
  }
}

package io.plumbline.matrix.connector;

import io.plumbline.matrix.registry.Family;
import org.apiguardian.api.API;

/**
 * The lab is broken: a system did not start, died, or cannot be reached. Never a product failure.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class SystemFailureException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** One sentence that says what is wrong with the system; the family's name is put in front. */
  public SystemFailureException(Family family, String message, Throwable cause) {
    super(family + ": " + message, cause);
  }

  /** As above, without a cause. */
  public SystemFailureException(Family family, String message) {
    super(family + ": " + message);
  }
}

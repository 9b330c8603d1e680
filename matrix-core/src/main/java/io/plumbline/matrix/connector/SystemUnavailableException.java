package io.plumbline.matrix.connector;

import io.plumbline.matrix.registry.Family;
import org.apiguardian.api.API;

/**
 * A system cannot be had on this machine, though nothing is broken: something that it needs is not
 * installed or not within reach. Its cases are skipped with this reason, or an error, as the run
 * was told.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class SystemUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Family family;
  private final String missing;

  /** One sentence that says what is missing and how to get it; the family is put in front. */
  public SystemUnavailableException(Family family, String message) {
    super(family + ": " + message);
    this.family = family;
    this.missing = message;
  }

  /** The same for somebody who needs the system. */
  public SystemFailureException asFailure() {
    return new SystemFailureException(family, missing, this);
  }
}

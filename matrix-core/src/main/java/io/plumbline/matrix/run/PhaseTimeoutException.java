package io.plumbline.matrix.run;

import org.apiguardian.api.API;

/** A phase took longer than allowed; nothing is known about the product. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class PhaseTimeoutException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Names the phase and the limit. */
  public PhaseTimeoutException(String message, Throwable cause) {
    super(message, cause);
  }
}

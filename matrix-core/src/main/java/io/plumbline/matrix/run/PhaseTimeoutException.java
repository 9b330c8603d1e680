package io.plumbline.matrix.run;

import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/** A phase took longer than allowed; nothing is known about the product. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class PhaseTimeoutException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Names the phase and the limit.
   *
   * @param cause how the mover ended; null when it came to its end
   */
  public PhaseTimeoutException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}

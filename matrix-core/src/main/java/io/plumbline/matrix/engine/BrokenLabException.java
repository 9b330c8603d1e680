package io.plumbline.matrix.engine;

import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/** A case came to no verdict because the lab is broken: an error in reports, never a failure. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class BrokenLabException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What broke, and how to run the case again. */
  public BrokenLabException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}

package io.plumbline.matrix.registry;

import org.apiguardian.api.API;

/**
 * Something a user wrote (a setting, a registry, a state file) is wrong; the message says what is
 * allowed.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class InvalidInputException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** One sentence: what was wrong, the value, what is allowed or what to do. */
  public InvalidInputException(String message) {
    super(message);
  }

  /** As {@link #InvalidInputException(String)}, with the cause. */
  public InvalidInputException(String message, Throwable cause) {
    super(message, cause);
  }
}

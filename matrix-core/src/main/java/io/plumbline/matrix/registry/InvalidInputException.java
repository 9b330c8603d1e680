package io.plumbline.matrix.registry;

/**
 * Something a user wrote (a setting, a registry, a state file) is wrong; the message says what is
 * allowed.
 */
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

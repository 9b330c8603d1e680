package io.plumbline.matrix.run;

/** A phase took longer than allowed; nothing is known about the product. */
public final class PhaseTimeoutException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Names the phase and the limit. */
  public PhaseTimeoutException(String message, Throwable cause) {
    super(message, cause);
  }
}

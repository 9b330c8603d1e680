package io.plumbline.matrix.mover;

/** A combination was refused before any data was touched. */
public final class StrategyRejectedException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final String code;

  /** The refusal's code, and one sentence that says what to use instead. */
  public StrategyRejectedException(String code, String message) {
    super(message);
    this.code = code;
  }

  /** The refusal's code, e.g. {@code source_has_no_xmin}. */
  public String code() {
    return code;
  }
}

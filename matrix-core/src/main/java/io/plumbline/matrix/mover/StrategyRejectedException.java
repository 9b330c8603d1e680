package io.plumbline.matrix.mover;

import org.apiguardian.api.API;

/** A combination was refused before any data was touched. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
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

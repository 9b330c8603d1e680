package io.plumbline.matrix.registry;

import java.util.List;

/** One cell of the cube and what is expected of it. */
public record MatrixCase(CaseId id, Support support) {

  /** Whether the combination must work or must be refused. */
  public sealed interface Support {}

  /** The combination must work. */
  public record Supported() implements Support {}

  /**
   * The combination must be refused before any data is touched.
   *
   * @param code the refusal's error code
   * @param reason why, one sentence
   * @param instead strategies to use instead
   */
  public record Rejected(String code, String reason, List<Strategy> instead) implements Support {
    /** Keeps an unmodifiable copy. */
    public Rejected {
      instead = List.copyOf(instead);
    }
  }

  /** True when the combination must work. */
  public boolean supported() {
    return support instanceof Supported;
  }
}

package io.plumbline.matrix.registry;

import java.util.List;
import org.apiguardian.api.API;

/** One cell of the cube and what is expected of it. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
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

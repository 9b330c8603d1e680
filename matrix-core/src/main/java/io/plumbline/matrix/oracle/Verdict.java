package io.plumbline.matrix.oracle;

import java.util.Collection;
import org.apiguardian.api.API;

/**
 * The outcome of a case. UNKNOWN is Jepsen's third value: what could not be checked is not passed.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public enum Verdict {
  PASS,
  FAIL,
  UNKNOWN,
  REJECTED_AS_DECLARED,
  SKIPPED;

  /**
   * PASS when every check passed, FAIL when one failed, else UNKNOWN; no checks at all are UNKNOWN.
   */
  public static Verdict of(Collection<CheckResult> checks) {
    boolean passed = false;
    boolean unknown = false;
    for (CheckResult check : checks) {
      switch (check.outcome()) {
        case FAIL -> {
          return FAIL;
        }
        case UNKNOWN -> unknown = true;
        case PASS -> passed = true;
        case NOT_OBSERVABLE -> {}
      }
    }
    return passed && !unknown ? PASS : UNKNOWN;
  }

  /** True when somebody has to look: something is wrong, or nothing was shown. */
  public boolean red() {
    return this == FAIL || this == UNKNOWN;
  }
}

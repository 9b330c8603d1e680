package io.plumbline.matrix.oracle;

import java.util.Locale;
import org.apiguardian.api.API;

/** The rounds of a case. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public enum Round {
  /** Empty state: the whole base is loaded. */
  FIRST,
  /** The documented change set was applied at the source. */
  CHANGE,
  /** Nothing changed at the source. */
  REPLAY;

  /** The name used in artifacts. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}

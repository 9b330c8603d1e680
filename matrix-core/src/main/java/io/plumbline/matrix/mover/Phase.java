package io.plumbline.matrix.mover;

import java.util.Locale;
import org.apiguardian.api.API;

/** The phases of a unit of work, in their only order. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public enum Phase {
  EXTRACT,
  LOAD,
  RECONCILE,
  STATE_COMMIT;

  /** The name used in artifacts. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}

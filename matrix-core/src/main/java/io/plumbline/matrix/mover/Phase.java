package io.plumbline.matrix.mover;

import java.util.Locale;

/** The phases of a unit of work, in their only order. */
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

package io.plumbline.matrix.connector;

import org.apiguardian.api.API;

/** How the rows of a load become the target. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public enum WriteAction {
  /** The load is the whole target from now on. */
  REPLACE_ALL,
  /** Every row is added; what an earlier attempt of the same load id added is taken back. */
  APPEND,
  /** Inserts and updates are written by key, deletes remove the key. */
  MERGE,
  /** Rows of the load's window dates are removed, then the load's rows added. */
  REPLACE_WINDOW,
  /**
   * Updates close the key's current version at the effective time and open a new one, inserts open
   * one, deletes close one.
   */
  HISTORY
}

package io.plumbline.matrix.connector;

import org.apiguardian.api.API;

/** The shape of a target. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public enum TargetLayout {
  /** One row per key. */
  KEYED,
  /**
   * Rows are only added; a key may occur in several versions. Physical tables carry the load id.
   */
  APPEND,
  /**
   * Versions with {@code valid_from}, {@code valid_to} (NULL while current) and {@code is_current}.
   */
  HISTORY
}

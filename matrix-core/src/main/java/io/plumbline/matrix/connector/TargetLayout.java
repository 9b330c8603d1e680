package io.plumbline.matrix.connector;

/** The shape of a target. */
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

package io.plumbline.matrix.dataset;

import org.apiguardian.api.API;

/** What the change set does to a key. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public enum RowClass {
  /** In both versions, byte-identical. */
  STABLE,
  /** In both versions, changed. */
  UPDATED,
  /** In the base only (or marked deleted, when the fixture deletes softly). */
  DELETED,
  /** In the changed version only. */
  INSERTED,
  /** Not a key of the volume. */
  FOREIGN
}

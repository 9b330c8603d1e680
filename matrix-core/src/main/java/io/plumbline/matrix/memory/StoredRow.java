package io.plumbline.matrix.memory;

import io.plumbline.matrix.connector.Inspector.Validity;
import io.plumbline.matrix.dataset.Column;
import org.jspecify.annotations.Nullable;

/**
 * A physical row version.
 *
 * @param token changes with every write
 * @param validity null where the layout keeps no history
 * @param older the version of the same key that was written before, where the layout keeps versions
 */
record StoredRow(
    Object[] cells,
    long token,
    String loadId,
    @Nullable Validity validity,
    @Nullable StoredRow older) {

  Long key() {
    return (Long) cells[Column.ID];
  }

  boolean live() {
    return validity == null || validity.current();
  }

  StoredRow withOlder(@Nullable StoredRow other) {
    return other == null && older == null
        ? this
        : new StoredRow(cells, token, loadId, validity, other);
  }
}

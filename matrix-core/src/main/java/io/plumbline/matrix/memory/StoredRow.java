package io.plumbline.matrix.memory;

import io.plumbline.matrix.connector.Inspector.Validity;
import io.plumbline.matrix.dataset.Column;
import org.jspecify.annotations.Nullable;

/** A physical row version. */
record StoredRow(Object[] cells, long token, String loadId, @Nullable Validity validity) {

  Long key() {
    return (Long) cells[Column.ID];
  }

  boolean live() {
    return validity == null || validity.current();
  }
}

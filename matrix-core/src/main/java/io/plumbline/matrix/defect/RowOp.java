package io.plumbline.matrix.defect;

import io.plumbline.matrix.connector.Op;
import io.plumbline.matrix.dataset.Column;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A row on its way through a mover and what it means. Rows are shared, so a changed one is a copy.
 */
record RowOp(Op op, Object[] row) {

  long key() {
    return (Long) row[Column.ID];
  }

  boolean delete() {
    return op == Op.DELETE;
  }

  LocalDate date() {
    return (LocalDate) row[Column.BUSINESS_DATE];
  }

  RowOp as(Op other) {
    return new RowOp(other, row);
  }

  RowOp with(int column, @Nullable Object value) {
    Object[] changed = row.clone();
    changed[column] = value;
    return new RowOp(op, changed);
  }
}

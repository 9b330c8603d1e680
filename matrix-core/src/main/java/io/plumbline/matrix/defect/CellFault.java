package io.plumbline.matrix.defect;

import io.plumbline.matrix.connector.ColumnContract;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Changes the cells of some columns. Equal values stay the same object, as everywhere: what a value
 * becomes is remembered by its identity.
 */
final class CellFault implements LoadFault {
  private final List<ColumnContract> columns;
  private final CellChange change;
  private final List<Map<Object, @Nullable Object>> known;

  CellFault(List<ColumnContract> columns, CellChange change) {
    this.columns = columns;
    this.change = change;
    this.known =
        columns.stream().<Map<Object, @Nullable Object>>map(c -> new IdentityHashMap<>()).toList();
  }

  @Override
  public List<Delivery> deliver(Delivery handedOver) {
    return List.of(handedOver.mapping(row -> row.delete() ? row : changed(row)));
  }

  private RowOp changed(RowOp row) {
    Object[] cells = row.row().clone();
    for (int i = 0; i < columns.size(); i++) {
      ColumnContract column = columns.get(i);
      int index = column.column().index();
      Object value = cells[index];
      if (value == null) {
        cells[index] = change.of(column, null);
      } else {
        Map<Object, @Nullable Object> images = known.get(i);
        if (!images.containsKey(value)) {
          images.put(value, change.of(column, value));
        }
        cells[index] = images.get(value);
      }
    }
    return new RowOp(row.op(), cells);
  }
}

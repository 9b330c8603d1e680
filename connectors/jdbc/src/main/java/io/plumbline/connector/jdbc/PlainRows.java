package io.plumbline.connector.jdbc;

import io.plumbline.connector.jdbc.RowInserter.AddedColumn;
import io.plumbline.matrix.connector.ColumnContract;
import io.plumbline.matrix.dataset.Column;
import java.util.ArrayList;
import java.util.List;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/** Rows of a load as objects of classes that JDBC has, for drivers with an API of their own. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class PlainRows {
  private final int[] sources;
  private final WrittenCell[] cells;
  private final List<AddedColumn> added;
  private final List<String> types;

  /** Of the columns that {@link RowInserter.Factory} is given. */
  public PlainRows(List<ColumnContract> data, List<AddedColumn> added) {
    this.sources = data.stream().mapToInt(c -> c.column().index()).toArray();
    this.cells = data.stream().map(c -> new WrittenCell(c.sink())).toArray(WrittenCell[]::new);
    this.added = List.copyOf(added);
    this.types = new ArrayList<>(data.stream().map(c -> c.sink().nativeType()).toList());
    added.forEach(column -> types.add(column.type()));
  }

  /** The columns' types as they stand in the table's definition, in its order. */
  public List<String> types() {
    return List.copyOf(types);
  }

  /** The cells of a row, in the order of {@link #types}; as {@link RowInserter#add} takes them. */
  public @Nullable Object[] row(Object[] row, boolean keyOnly, @Nullable Object[] extra) {
    @Nullable Object[] plain = new @Nullable Object[types.size()];
    for (int i = 0; i < cells.length; i++) {
      Object value = keyOnly && sources[i] != Column.ID ? null : row[sources[i]];
      plain[i] = value == null ? null : cells[i].plain(value);
    }
    for (int i = 0; i < extra.length; i++) {
      @Nullable Object value = extra[i];
      plain[cells.length + i] = value == null ? null : added.get(i).wire().plain(value);
    }
    return plain;
  }
}

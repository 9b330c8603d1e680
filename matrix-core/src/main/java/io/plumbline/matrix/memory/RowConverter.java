package io.plumbline.matrix.memory;

import io.plumbline.matrix.connector.Fidelity;
import io.plumbline.matrix.connector.TypeMapping.Declaration;
import io.plumbline.matrix.dataset.Absent;
import io.plumbline.matrix.dataset.Column;
import io.plumbline.matrix.dataset.Dataset;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Converts rows by one declaration per column. Thread-safe: remembered conversions are immutable
 * entries, and losing one to a race only repeats the work. Rows of small volumes are remembered as
 * a whole: the row that comes is compared by identity, and what goes out is always a copy.
 */
final class RowConverter {
  private static final int SLOTS = 1 << 11;
  private static final int PROBES = 8;

  private record Converted(Object from, Object to) {}

  private record ConvertedRow(Object[] from, Object[] to) {}

  private final int[] columns;
  private final Declaration[] declarations;
  private final Conversion conversion;
  private final @Nullable Converted[][] remembered;
  private final AtomicReferenceArray<ConvertedRow> rows;

  RowConverter(Dataset dataset, List<Declaration> byColumn, Conversion conversion) {
    this.conversion = conversion;
    this.columns =
        java.util.stream.IntStream.range(0, byColumn.size())
            .filter(i -> !(byColumn.get(i).fidelity() instanceof Fidelity.Exact))
            .toArray();
    this.declarations =
        java.util.Arrays.stream(columns).mapToObj(byColumn::get).toArray(Declaration[]::new);
    this.remembered = new @Nullable Converted[columns.length][SLOTS];
    this.rows = new AtomicReferenceArray<>(dataset.resident() ? 2 * (int) dataset.maxKey() + 2 : 0);
  }

  /** A new row with the converted cells. */
  Object[] copy(Object[] row) {
    Object[] image = image(row);
    return image == row || place(row) >= 0 ? image.clone() : image;
  }

  /** The row with the converted cells; may be shared with other callers. */
  Object[] image(Object[] row) {
    if (columns.length == 0) {
      return row;
    }
    int place = place(row);
    if (place < 0) {
      return convertCells(row);
    }
    ConvertedRow known = rows.get(place);
    if (known == null || known.from() != row) {
      known = new ConvertedRow(row, convertCells(row));
      rows.set(place, known);
    }
    return known.to();
  }

  /** Where a row of the volume is remembered; negative when it is not one. */
  private int place(Object[] row) {
    if (row[Column.ID] instanceof Long key
        && row[Column.VERSION] instanceof Long version
        && (version == 1 || version == 2)
        && key > 0
        && 2 * key + 1 < rows.length()) {
      return (int) (2 * key + version - 1);
    }
    return -1;
  }

  private Object[] convertCells(Object[] row) {
    Object[] converted = row.clone();
    for (int i = 0; i < columns.length; i++) {
      int column = columns[i];
      Object value = converted[column];
      if (value != null) {
        converted[column] = convert(i, value);
      } else if (!declarations[i].supported()) {
        converted[column] = Absent.ABSENT;
      }
    }
    return converted;
  }

  private Object convert(int i, Object value) {
    @Nullable Converted[] table = remembered[i];
    int slot = System.identityHashCode(value);
    for (int probe = 0; probe < PROBES; probe++) {
      int at = (slot + probe) & (SLOTS - 1);
      Converted entry = table[at];
      if (entry == null) {
        entry = new Converted(value, conversion.of(declarations[i], value));
        table[at] = entry;
        return entry.to();
      }
      if (entry.from() == value) {
        return entry.to();
      }
    }
    Converted entry = new Converted(value, conversion.of(declarations[i], value));
    table[slot & (SLOTS - 1)] = entry;
    return entry.to();
  }
}

package io.plumbline.matrix.memory;

import io.plumbline.matrix.connector.Fidelity;
import io.plumbline.matrix.connector.TypeMapping.Declaration;
import io.plumbline.matrix.dataset.Absent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Converts rows by one declaration per column. Thread-safe: remembered conversions are immutable
 * entries, and losing one to a race only repeats the work.
 */
final class RowConverter {
  private static final int SLOTS = 1 << 11;
  private static final int PROBES = 8;

  private record Converted(Object from, Object to) {}

  private final int[] columns;
  private final Declaration[] declarations;
  private final @Nullable Converted[][] remembered;

  RowConverter(List<Declaration> byColumn) {
    this.columns =
        java.util.stream.IntStream.range(0, byColumn.size())
            .filter(i -> !(byColumn.get(i).fidelity() instanceof Fidelity.Exact))
            .toArray();
    this.declarations =
        java.util.Arrays.stream(columns).mapToObj(byColumn::get).toArray(Declaration[]::new);
    this.remembered = new @Nullable Converted[columns.length][SLOTS];
  }

  /** True when every row stays as it is. */
  boolean keepsRows() {
    return columns.length == 0;
  }

  /** A new row with the converted cells. */
  Object[] convert(Object[] row) {
    Object[] converted = row.clone();
    for (int i = 0; i < columns.length; i++) {
      int column = columns[i];
      Object value = converted[column];
      if (!declarations[i].supported()) {
        converted[column] = Absent.ABSENT;
      } else if (value != null) {
        converted[column] = convert(i, value);
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
        entry = new Converted(value, DeclaredConversion.convert(declarations[i], value));
        table[at] = entry;
        return entry.to();
      }
      if (entry.from() == value) {
        return entry.to();
      }
    }
    Converted entry = new Converted(value, DeclaredConversion.convert(declarations[i], value));
    table[slot & (SLOTS - 1)] = entry;
    return entry.to();
  }
}

package io.plumbline.connector.jdbc;

import io.plumbline.matrix.connector.CaseScope;
import io.plumbline.matrix.connector.ColumnContract;
import io.plumbline.matrix.dataset.Absent;
import io.plumbline.matrix.dataset.Column;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Makes rows of carried values from a result; of one read, on one thread. Equal values of a column
 * become one object, as many as it remembers.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class CarriedRows {
  private static final int MOST_REMEMBERED = 1 << 12;

  private final JdbcDialect dialect;
  private final List<ColumnContract> selected;
  private final Wire[] wires;
  private final boolean[] texts;
  private final List<Map<Object, Object>> remembered;
  private final Object[] blank;

  /** Of the table of a case's source, or of one with the same columns. */
  public CarriedRows(JdbcDialect dialect, CaseScope scope) {
    this.dialect = dialect;
    this.selected = scope.columns().stream().filter(ColumnContract::atSource).toList();
    this.wires = selected.stream().map(c -> Wire.of(c.carried())).toArray(Wire[]::new);
    this.texts = new boolean[wires.length];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = dialect.readAsText().containsKey(selected.get(i).carried());
    }
    this.remembered = selected.stream().<Map<Object, Object>>map(c -> new HashMap<>()).toList();
    this.blank = new Object[scope.columns().size()];
    for (ColumnContract contract : scope.columns()) {
      if (!contract.atSource()) {
        blank[contract.column().index()] = Absent.ABSENT;
      }
    }
  }

  /** What to select, in the order in which {@link #row} expects it. */
  public String selectList() {
    return selected.stream()
        .map(c -> dialect.selected(c.carried(), c.column().name()))
        .collect(Collectors.joining(", "));
  }

  /** The row at which a result stands whose first columns are those of the list. */
  public Object[] row(ResultSet result) throws SQLException {
    Object[] row = blank.clone();
    for (int i = 0; i < wires.length; i++) {
      int index = selected.get(i).column().index();
      Object value =
          texts[i] ? wires[i].parsed(result.getString(i + 1)) : wires[i].read(result, i + 1);
      row[index] = value == null || index == Column.ID ? value : shared(remembered.get(i), value);
    }
    return row;
  }

  private static Object shared(Map<Object, Object> known, Object value) {
    @Nullable Object same = known.get(value);
    if (same != null) {
      return same;
    }
    if (known.size() < MOST_REMEMBERED) {
      known.put(value, value);
    }
    return value;
  }
}

package io.plumbline.connector.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.matrix.connector.CaseScope;
import io.plumbline.matrix.dataset.Column;
import io.plumbline.matrix.dataset.LogicalType;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apiguardian.api.API;
import org.assertj.core.api.SoftAssertions;

/**
 * Compares rows that a reader gave with what is declared, and notes which values were among them.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class AllValues {
  /** So many rows of the documented volume that every value of every type is among them. */
  static final int ROWS = 1_500;

  private static final int MOST_DIFFERENCES = 50;

  private final CaseScope scope;
  private final SoftAssertions differences = new SoftAssertions();
  private final Map<LogicalType, Set<Object>> seen = new EnumMap<>(LogicalType.class);

  /** Of a case's source. */
  public AllValues(CaseScope scope) {
    this.scope = scope;
  }

  /** Notes a row that must be as the reader carries the version of its key. */
  public void carried(Object[] cells, int version) {
    if (differences.assertionErrorsCollected().size() > MOST_DIFFERENCES) {
      return;
    }
    Object[] row = scope.dataset().row((Long) cells[Column.ID], version);
    DeclaredValues.assertRow(differences, scope, cells, DeclaredValues.carried(scope, row));
    for (Column column : scope.dataset().columns()) {
      Object value = row[column.index()];
      if (value != null) {
        seen.computeIfAbsent(column.type(), t -> new HashSet<>()).add(value);
      }
    }
  }

  /** Fails with what differed, or when a value of a type was not among the rows. */
  public void assertAll() {
    differences.assertAll();
    for (Column column : scope.dataset().columns()) {
      if (column.wide()) {
        assertThat(seen.get(column.type()))
            .as("values of " + column.name())
            .containsAll(scope.dataset().domain(column));
      }
    }
  }
}

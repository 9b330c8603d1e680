package io.plumbline.connector.postgres;

import io.plumbline.connector.jdbc.SqlDialect;
import io.plumbline.matrix.connector.CaseScope;
import io.plumbline.matrix.connector.ColumnContract;
import io.plumbline.matrix.connector.DecodedValues;
import io.plumbline.matrix.dataset.Absent;
import io.plumbline.matrix.dataset.Column;
import java.util.List;
import java.util.stream.Collectors;

/** Makes rows of carried values from cells in binary format; of one read, on one thread. */
final class RowDecoder {
  private final List<ColumnContract> selected;
  private final int[] targets;
  private final DecodedValues[] values;
  private final Object[] blank;

  RowDecoder(CaseScope scope) {
    this.selected = scope.columns().stream().filter(ColumnContract::atSource).toList();
    this.targets = selected.stream().mapToInt(c -> c.column().index()).toArray();
    this.values =
        selected.stream()
            .map(
                c ->
                    new DecodedValues(
                        new BinaryDecoder(c.carried())::decode, c.column().index() == Column.ID))
            .toArray(DecodedValues[]::new);
    this.blank = new Object[scope.columns().size()];
    for (ColumnContract contract : scope.columns()) {
      if (!contract.atSource()) {
        blank[contract.column().index()] = Absent.ABSENT;
      }
    }
  }

  /** What to select, in the order in which {@link #set} expects the cells. */
  String selectList() {
    SqlDialect dialect = PostgresTypes.DIALECT;
    return selected.stream()
        .map(c -> BinaryDecoder.selected(c.carried(), dialect.quote(c.column().name())))
        .collect(Collectors.joining(", "));
  }

  int width() {
    return targets.length;
  }

  /** A row in which every cell that the source has is still NULL. */
  Object[] blank() {
    return blank.clone();
  }

  void set(Object[] row, int cell, byte[] b, int at, int length) {
    row[targets[cell]] = values[cell].get(b, at, length);
  }
}

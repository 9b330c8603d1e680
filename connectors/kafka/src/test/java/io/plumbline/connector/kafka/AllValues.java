package io.plumbline.connector.kafka;

import io.plumbline.matrix.connector.CaseScope;
import io.plumbline.matrix.connector.ColumnContract;
import io.plumbline.matrix.dataset.Column;
import io.plumbline.matrix.dataset.Dataset;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.SoftAssertions;

/**
 * Rows that hold every value of every column's domain, and NULL in every column that may be. What a
 * topic declares keeps every value as it is, though some as another type.
 */
final class AllValues {
  private AllValues() {}

  static List<Object[]> rows(Dataset dataset) {
    int most =
        dataset.columns().stream()
            .filter(Column::wide)
            .mapToInt(c -> dataset.domain(c).size())
            .max()
            .orElseThrow();
    List<Object[]> rows = new ArrayList<>();
    for (int k = 0; k <= most; k++) {
      Object[] row = new Object[dataset.columns().size()];
      row[Column.ID] = k + 1L;
      row[Column.BUSINESS_DATE] = Dataset.LAST_DATE;
      row[Column.UPDATED_AT] = LocalDateTime.of(2026, 6, 1, 0, 0).plusNanos(1_000L * k);
      row[Column.VERSION] = 1L;
      row[Column.AMOUNT] = BigDecimal.valueOf(k, 4);
      row[Column.IS_DELETED] = k % 2 == 0;
      for (Column column : dataset.columns()) {
        if (column.wide() && k < dataset.domain(column).size()) {
          row[column.index()] = dataset.domain(column).get(k);
        }
      }
      rows.add(row);
    }
    return rows;
  }

  static void assertRows(CaseScope scope, List<Object[]> actual, List<Object[]> expected) {
    SoftAssertions all = new SoftAssertions();
    all.assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < Math.min(actual.size(), expected.size()); i++) {
      for (ColumnContract contract : scope.columns()) {
        int index = contract.column().index();
        all.assertThat(actual.get(i)[index])
            .as("row %d, %s", i, contract.column().name())
            .isEqualTo(expected.get(i)[index]);
      }
    }
    all.assertAll();
  }
}

package io.plumbline.connector.clickhouse;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plumbline.matrix.connector.CaseScope;
import io.plumbline.matrix.connector.ColumnContract;
import io.plumbline.matrix.connector.Fidelity;
import io.plumbline.matrix.connector.TypeMapping;
import io.plumbline.matrix.dataset.Column;
import io.plumbline.matrix.dataset.Dataset;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.assertj.core.api.SoftAssertions;
import org.jspecify.annotations.Nullable;

/** Rows that hold every value of every column's domain, and NULL in every column that may be. */
final class AllValues {
  private static final ObjectMapper JSON = new ObjectMapper();

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
        if (column.wide()) {
          List<Object> domain = dataset.domain(column);
          row[column.index()] = k < domain.size() ? domain.get(k) : null;
        }
      }
      rows.add(row);
    }
    return rows;
  }

  /** The row that a reader must hand on. */
  static Object[] carried(CaseScope scope, Object[] row) {
    return applied(scope, row, ColumnContract::source);
  }

  /** The row that is in the target after a carried one was written. */
  static Object[] stored(CaseScope scope, Object[] carried) {
    return applied(scope, carried, ColumnContract::sink);
  }

  private static Object[] applied(
      CaseScope scope, Object[] row, Function<ColumnContract, TypeMapping.Declaration> role) {
    Object[] image = row.clone();
    for (ColumnContract contract : scope.columns()) {
      int index = contract.column().index();
      image[index] = applied(role.apply(contract), row[index]);
    }
    return image;
  }

  private static @Nullable Object applied(
      TypeMapping.Declaration declaration, @Nullable Object value) {
    if (value == null || declaration.fidelity() instanceof Fidelity.Exact) {
      return value;
    }
    if (!(declaration.fidelity() instanceof Fidelity.AsText)) {
      throw new IllegalStateException("ClickHouse declares nothing else: " + declaration);
    }
    if (value instanceof List<?> list) {
      try {
        return JSON.writeValueAsString(list);
      } catch (JsonProcessingException e) {
        throw new IllegalStateException(e);
      }
    }
    // Java's own ISO form has no trailing zeros to speak of beyond groups of three.
    if (value instanceof LocalDateTime time) {
      return DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(time);
    }
    if (value instanceof OffsetDateTime time) {
      return DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(time) + time.getOffset();
    }
    return value.toString();
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

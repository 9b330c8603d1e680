package io.plumbline.connector.tck;

import io.plumbline.matrix.connector.CaseScope;
import io.plumbline.matrix.connector.ColumnContract;
import io.plumbline.matrix.connector.TypeMapping;
import io.plumbline.matrix.dataset.Column;
import io.plumbline.matrix.oracle.FidelityRules;
import java.util.Objects;
import java.util.function.Function;
import org.apiguardian.api.API;
import org.assertj.core.api.SoftAssertions;

/** What a system's declaration makes of a row, by the oracle's rules. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class DeclaredValues {
  private DeclaredValues() {}

  /** The row that a reader must hand on. */
  public static Object[] carried(CaseScope scope, Object[] row) {
    return applied(scope, row, ColumnContract::source);
  }

  /** The row that is in the target after a carried one was written. */
  public static Object[] stored(CaseScope scope, Object[] carried) {
    return applied(scope, carried, ColumnContract::sink);
  }

  private static Object[] applied(
      CaseScope scope, Object[] row, Function<ColumnContract, TypeMapping.Declaration> role) {
    Object[] image = row.clone();
    for (ColumnContract contract : scope.columns()) {
      int index = contract.column().index();
      image[index] = FidelityRules.apply(role.apply(contract), row[index]);
    }
    return image;
  }

  /** Collects the cells that differ; a row of a hundred cells is mostly equal. */
  static void assertRow(SoftAssertions all, CaseScope scope, Object[] actual, Object[] expected) {
    for (ColumnContract contract : scope.columns()) {
      int index = contract.column().index();
      if (!Objects.equals(actual[index], expected[index])) {
        all.assertThat(actual[index])
            .as("key %s, %s", expected[Column.ID], contract.column().name())
            .isEqualTo(expected[index]);
      }
    }
  }
}

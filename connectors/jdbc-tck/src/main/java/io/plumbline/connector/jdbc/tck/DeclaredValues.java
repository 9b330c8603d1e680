package io.plumbline.connector.jdbc.tck;

import io.plumbline.matrix.connector.CaseScope;
import io.plumbline.matrix.connector.ColumnContract;
import io.plumbline.matrix.connector.TypeMapping;
import io.plumbline.matrix.oracle.FidelityRules;
import java.util.function.Function;
import org.assertj.core.api.SoftAssertions;

/** What a system's declaration makes of a row, by the oracle's rules. */
final class DeclaredValues {
  private DeclaredValues() {}

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
      image[index] = FidelityRules.apply(role.apply(contract), row[index]);
    }
    return image;
  }

  static void assertRow(SoftAssertions all, CaseScope scope, Object[] actual, Object[] expected) {
    for (ColumnContract contract : scope.columns()) {
      int index = contract.column().index();
      all.assertThat(actual[index])
          .as("key %s, %s", expected[0], contract.column().name())
          .isEqualTo(expected[index]);
    }
  }
}

package io.plumbline.matrix.cases;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.matrix.registry.Matrix;
import io.plumbline.matrix.registry.MatrixCase;
import io.plumbline.matrix.registry.Strategy;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CanonicalMatrixTest {
  private static final Matrix MATRIX =
      Matrix.read(
          "matrix.yaml",
          Objects.requireNonNull(CanonicalMatrixTest.class.getResourceAsStream("matrix.yaml")));

  @Test
  void has242SupportedCasesAnd58Rejections() {
    assertThat(MATRIX.cases()).hasSize(300);
    assertThat(MATRIX.supported()).hasSize(242);
    assertThat(MATRIX.rejections()).hasSize(58);
  }

  @Test
  void refusesWithTheDocumentedCodesAndAlternatives() {
    Map<String, Integer> byCode = new TreeMap<>();
    for (MatrixCase rejected : MATRIX.rejections()) {
      MatrixCase.Rejected rejection = (MatrixCase.Rejected) rejected.support();
      byCode.merge(rejection.code() + " " + rejection.instead(), 1, Integer::sum);
    }
    assertThat(byCode)
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "source_has_no_xmin [incremental_merge, snapshot_diff]", 25,
                "source_has_no_change_log [incremental_merge, snapshot_diff]", 15,
                "sink_has_no_partitions [replace]", 12,
                "sink_has_no_history [snapshot_diff]", 6));
  }

  @Test
  void everyPairHasTheStrategiesThatNeedNothingSpecial() {
    List<Strategy> everywhere =
        List.of(
            Strategy.FULL_REFRESH,
            Strategy.INCREMENTAL_APPEND,
            Strategy.INCREMENTAL_MERGE,
            Strategy.REPLACE,
            Strategy.SNAPSHOT_DIFF);
    assertThat(MATRIX.rejections()).noneMatch(c -> everywhere.contains(c.id().strategy()));
  }

  @Test
  void changeDataCaptureIsForTheThreeSourcesWithALog() {
    assertThat(MATRIX.supported())
        .filteredOn(c -> c.id().strategy() == Strategy.CDC)
        .extracting(c -> c.id().source().id())
        .containsOnly("postgres", "mssql", "mysql")
        .hasSize(15);
  }
}

package io.plumbline.matrix.defect;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.matrix.connector.Connector;
import io.plumbline.matrix.connector.TextForm;
import io.plumbline.matrix.dataset.LogicalType;
import io.plumbline.matrix.dataset.Volume;
import io.plumbline.matrix.defect.DefectRun.Extent;
import io.plumbline.matrix.run.PlainConnector;
import io.plumbline.matrix.run.StandardRunTest;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeclaredLossRunTest {
  private static final Volume SMALL =
      new Volume(600, new BigDecimal("0.20"), new BigDecimal("0.05"), 120, 7);

  /** A family with every kind of declaration, among families that are exact. */
  private static final List<Connector> CONNECTORS =
      PlainConnector.ofTheCube().stream()
          .map(
              connector ->
                  connector.family().id().equals("mssql")
                      ? ((PlainConnector) connector)
                          .declaring(LogicalType.DATETIME2_7, (t, x) -> t.rounded(x, "datetime", 6))
                          .declaring(LogicalType.TIME, (t, x) -> t.truncated(x, "time", 3))
                          .declaring(
                              LogicalType.INT128, (t, x) -> t.asText(x, "text", TextForm.DECIMAL))
                          .declaring(
                              LogicalType.POINT, (t, x) -> t.asText(x, "text", TextForm.VERBATIM))
                          .declaring(
                              LogicalType.FLOAT32,
                              (t, x) -> t.widened(x, "float", LogicalType.DOUBLE))
                          .declaring(
                              LogicalType.DOUBLE,
                              (t, x) -> t.unsignedZero(x, "float", LogicalType.DOUBLE))
                          .declaring(
                              LogicalType.XML,
                              (t, x) -> t.unsupported(x, "There is no such column."))
                      : connector)
          .toList();

  private static KillTable run(List<Connector> connectors) {
    return new DeclaredLossRun(StandardRunTest.cube(), connectors, SMALL, 2)
        .run(Extent.CASE_PER_STRATEGY);
  }

  @Test
  void everyKindOfDeclarationIsFalsifiedAndSeen() {
    KillTable table = run(CONNECTORS);

    assertThat(table.problems()).isEmpty();
    assertThat(table.killed()).isEqualTo(table.cases());
    assertThat(table.defects())
        .extracting(KillTable.Line::id)
        .filteredOn(id -> id.startsWith("mssql-sink"))
        .containsExactlyInAnyOrder(
            "mssql-sink-datetime2_7-loses-more",
            "mssql-sink-datetime2_7-loses-less",
            "mssql-sink-time-loses-more",
            "mssql-sink-time-loses-less",
            "mssql-sink-int128-loses-more",
            "mssql-sink-int128-loses-less",
            "mssql-sink-point-loses-more",
            "mssql-sink-float32-loses-more",
            "mssql-sink-float32-loses-less",
            "mssql-sink-double-loses-more",
            "mssql-sink-double-loses-less",
            "mssql-sink-xml-loses-less");
    assertThat(table.defects().get(0).description())
        .isEqualTo("mssql as source loses more of double than UNSIGNED_ZERO(double).");
  }

  @Test
  void everyStrategyThatCanBeBittenIs() {
    // Ten pairs have mssql at one side or both; a line of the table counts strategies.
    assertThat(run(CONNECTORS).defects())
        .filteredOn(line -> line.id().startsWith("mssql-sink-time"))
        .allSatisfy(line -> assertThat(line.cases()).isGreaterThanOrEqualTo(10));
  }

  @Test
  void withoutDeclaredLossesThereIsNothingToFalsify() {
    assertThat(run(PlainConnector.ofTheCube()).problems()).containsExactly("No defect was run.");
  }
}

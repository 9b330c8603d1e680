package io.plumbline.matrix.artifact;

import io.plumbline.matrix.connector.ColumnContract;
import io.plumbline.matrix.fidelity.FidelityTable;
import io.plumbline.matrix.registry.CaseId;
import io.plumbline.matrix.registry.Family;
import io.plumbline.matrix.run.CaseResult;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code fidelity.json}: what the pairs of a run promise about every logical type. */
record FidelityDocument(String schema, List<Pair> pairs) {

  /** The table of a pair. */
  record Pair(String source, String sink, List<Line> types) {
    static Pair of(FidelityTable table) {
      return new Pair(
          table.source().id(), table.sink().id(), table.lines().stream().map(Line::of).toList());
    }
  }

  /**
   * Columns of a type that are declared alike.
   *
   * @param arrives the logical type that is read back; not there when there is no column
   */
  record Line(
      String type,
      CaseDocument.Side source,
      CaseDocument.Side sink,
      @Nullable String arrives,
      List<String> columns) {
    static Line of(FidelityTable.Line line) {
      return new Line(
          line.type().id(),
          CaseDocument.Side.of(line.source()),
          CaseDocument.Side.of(line.sink()),
          line.arriving().map(type -> type.id()).orElse(null),
          line.columns());
    }
  }

  private record PairId(Family source, Family sink) {}

  /** The pairs of the results, each once, in their order. */
  static FidelityDocument of(Collection<Reported> results) {
    Map<PairId, List<ColumnContract>> contracts = new LinkedHashMap<>();
    for (Reported each : results) {
      CaseResult result = each.result();
      CaseId id = result.matrixCase().id();
      result
          .contract()
          .ifPresent(c -> contracts.putIfAbsent(new PairId(id.source(), id.sink()), c.columns()));
    }
    return new FidelityDocument(
        "plumbline.matrix.fidelity/1",
        contracts.entrySet().stream()
            .map(e -> FidelityTable.of(e.getKey().source(), e.getKey().sink(), e.getValue()))
            .map(Pair::of)
            .toList());
  }
}

package io.plumbline.matrix.artifact;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.plumbline.matrix.oracle.Difference;
import io.plumbline.matrix.registry.CaseId;
import java.util.List;
import java.util.Map;

/** {@code diff.json}: where expected and actual content differ; only when they do. */
record DiffDocument(
    String schema,
    @JsonProperty("case") String caseId,
    String round,
    long missingRows,
    long extraRows,
    Map<String, Long> byColumn,
    List<CellLine> cells) {

  /** One differing cell. */
  record CellLine(long key, String column, String expected, String actual) {}

  static DiffDocument of(CaseId id, Difference difference) {
    return new DiffDocument(
        "plumbline.matrix.diff/1",
        id.toString(),
        difference.round(),
        difference.missingRows(),
        difference.extraRows(),
        difference.byColumn(),
        difference.cells().stream()
            .map(c -> new CellLine(c.key(), c.column(), c.expected(), c.actual()))
            .toList());
  }
}

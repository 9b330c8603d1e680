package io.plumbline.matrix.defect;

import io.plumbline.matrix.connector.ColumnContract;
import io.plumbline.matrix.connector.Connector;
import io.plumbline.matrix.connector.Trait;
import io.plumbline.matrix.dataset.Column;
import io.plumbline.matrix.registry.CaseId;
import io.plumbline.matrix.registry.MatrixCase;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apiguardian.api.API;

/**
 * What decides whether a defect can bite: a case and what its two connectors declare.
 *
 * @param matrixCase the case
 * @param sinkTrait how the sink stores rows
 * @param columns the pair's contracts, in row order
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public record DefectCase(MatrixCase matrixCase, Trait sinkTrait, List<ColumnContract> columns) {

  /**
   * The cases of a registry with the declarations of their connectors.
   *
   * @param connectors one per family of the cases
   */
  public static List<DefectCase> of(
      List<MatrixCase> cases, List<Column> columns, List<Connector> connectors) {
    Map<?, Connector> byFamily =
        connectors.stream().collect(Collectors.toMap(Connector::family, Function.identity()));
    return cases.stream()
        .map(
            matrixCase -> {
              CaseId id = matrixCase.id();
              Connector source = required(byFamily, id.source());
              Connector sink = required(byFamily, id.sink());
              return new DefectCase(
                  matrixCase,
                  sink.trait(),
                  ColumnContract.of(columns, source.sourceTypes(), sink.sinkTypes()));
            })
        .toList();
  }

  private static Connector required(Map<?, Connector> connectors, Object family) {
    Connector connector = connectors.get(family);
    if (connector == null) {
      throw new io.plumbline.matrix.registry.InvalidInputException(
          "No connector of family '%s' is given.".formatted(family));
    }
    return connector;
  }
}

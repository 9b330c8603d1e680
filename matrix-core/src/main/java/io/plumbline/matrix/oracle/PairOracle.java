package io.plumbline.matrix.oracle;

import io.plumbline.matrix.connector.ColumnContract;
import io.plumbline.matrix.dataset.Dataset;
import io.plumbline.matrix.registry.CaseId;
import java.time.LocalDateTime;
import java.util.List;
import org.apiguardian.api.API;

/**
 * What is expected of a pair: the declared images of the data set's rows. Thread-safe; serves all
 * strategies.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class PairOracle {
  private final Dataset dataset;
  private final List<ColumnContract> contracts;
  private final Documents documents;
  private final DeclaredRows atSource;
  private final DeclaredRows atTarget;

  PairOracle(
      Dataset dataset,
      List<ColumnContract> contracts,
      DeclaredRows atSource,
      DeclaredRows atTarget,
      Documents documents) {
    this.dataset = dataset;
    this.contracts = contracts;
    this.atSource = atSource;
    this.atTarget = atTarget;
    this.documents = documents;
  }

  /**
   * A verifier of one case.
   *
   * @param firstEffectiveAt effective time of the first round, UTC
   * @param changeEffectiveAt effective time of the change round, UTC
   */
  public CaseVerifier verifier(
      CaseId caseId, LocalDateTime firstEffectiveAt, LocalDateTime changeEffectiveAt) {
    return new CaseVerifier(
        dataset,
        caseId,
        contracts,
        atSource,
        atTarget,
        documents,
        new RowComparison.Validities(firstEffectiveAt, changeEffectiveAt));
  }
}

package io.plumbline.matrix.oracle;

import io.plumbline.matrix.connector.ColumnContract;
import io.plumbline.matrix.connector.Fidelity;
import io.plumbline.matrix.connector.TypeMapping.Declaration;
import io.plumbline.matrix.dataset.Dataset;
import io.plumbline.matrix.registry.CaseId;
import java.time.LocalDateTime;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What is expected of a pair: the declared images of the data set's rows. Thread-safe; serves all
 * strategies.
 */
public final class PairOracle {
  private final Dataset dataset;
  private final List<ColumnContract> contracts;
  private final ThreadLocal<RowHasher> hashers;
  private final DeclaredRows atSource;
  private final DeclaredRows atTarget;

  PairOracle(Dataset dataset, List<ColumnContract> contracts, ThreadLocal<RowHasher> hashers) {
    this.dataset = dataset;
    this.contracts = contracts;
    this.hashers = hashers;
    this.atSource =
        new DeclaredRows(dataset, chains(contracts, c -> Stream.of(c.source())), hashers);
    this.atTarget =
        new DeclaredRows(dataset, chains(contracts, c -> Stream.of(c.source(), c.sink())), hashers);
  }

  private static List<List<Declaration>> chains(
      List<ColumnContract> contracts, Function<ColumnContract, Stream<Declaration>> chain) {
    return contracts.stream()
        .map(chain)
        .map(c -> c.filter(d -> !(d.fidelity() instanceof Fidelity.Exact)).toList())
        .toList();
  }

  /**
   * A verifier of one case, for the calling thread.
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
        new RowComparison.Validities(firstEffectiveAt, changeEffectiveAt),
        hashers.get());
  }
}

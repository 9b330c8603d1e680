package io.plumbline.matrix.oracle;

import io.plumbline.matrix.connector.ColumnContract;
import io.plumbline.matrix.dataset.Dataset;
import java.util.List;

/** What is expected of a data set; knows nothing of movers and systems. Thread-safe. */
public final class Oracle {
  private final Dataset dataset;
  private final ThreadLocal<RowHasher> hashers;

  /** The oracle of a data set. */
  public Oracle(Dataset dataset) {
    this.dataset = dataset;
    int width = dataset.columns().size() + CaseVerifier.VALIDITY.size();
    int places = dataset.resident() ? 2 * (int) dataset.maxKey() + 2 : 0;
    this.hashers = ThreadLocal.withInitial(() -> new RowHasher(width, places));
  }

  /** What is expected of a pair with these contracts. */
  public PairOracle pair(List<ColumnContract> contracts) {
    return new PairOracle(dataset, contracts, hashers);
  }
}

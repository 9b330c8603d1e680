package io.plumbline.matrix.oracle;

import io.plumbline.matrix.connector.ColumnContract;
import io.plumbline.matrix.connector.Fidelity;
import io.plumbline.matrix.connector.TypeMapping.Declaration;
import io.plumbline.matrix.dataset.Dataset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apiguardian.api.API;

/** What is expected of a data set; knows nothing of movers and systems. Thread-safe. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class Oracle {
  private static final int KEPT = 8;
  private final Dataset dataset;
  private final Documents documents;
  private final Images images;
  private final KeptSums exactSums;

  /** Rows by what the declarations do to each column: the sinks of a source share its rows. */
  private final Map<List<List<Declaration>>, DeclaredRows> declared =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(
            Map.Entry<List<List<Declaration>>, DeclaredRows> eldest) {
          return size() > KEPT;
        }
      };

  /** The oracle of a data set. */
  public Oracle(Dataset dataset) {
    this.dataset = dataset;
    this.images = new Images(dataset);
    this.exactSums = new KeptSums(dataset.maxKey(), dataset.indexed());
    this.documents = new Documents(dataset);
  }

  /** What is expected of a pair with these contracts. */
  public PairOracle pair(List<ColumnContract> contracts) {
    return new PairOracle(
        dataset,
        contracts,
        rows(contracts, c -> Stream.of(c.source())),
        rows(contracts, c -> Stream.of(c.source(), c.sink())),
        documents);
  }

  private DeclaredRows rows(
      List<ColumnContract> contracts, Function<ColumnContract, Stream<Declaration>> chain) {
    List<List<Declaration>> chains =
        contracts.stream()
            .map(chain)
            .map(c -> c.filter(d -> !(d.fidelity() instanceof Fidelity.Exact)).toList())
            .toList();
    synchronized (declared) {
      return declared.computeIfAbsent(
          chains, missing -> new DeclaredRows(dataset, missing, images, exactSums));
    }
  }
}

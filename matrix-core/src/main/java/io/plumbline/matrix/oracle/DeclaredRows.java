package io.plumbline.matrix.oracle;

import io.plumbline.matrix.connector.TypeMapping.Declaration;
import io.plumbline.matrix.dataset.Dataset;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rows that a chain of declarations makes of the data set, with their hash sums. Rows of small
 * volumes are kept, because the ten strategies of a pair expect the same ones. Thread-safe.
 */
final class DeclaredRows {
  private static final int MAX_IMAGES = 1 << 12;

  /** A row and the hash sums of its cells. */
  record Row(Object[] cells, long sumHigh, long sumLow) {}

  private final Dataset dataset;
  private final List<List<Declaration>> chains;
  private final Row @Nullable [][] kept;
  private final ThreadLocal<Worker> workers;

  /**
   * @param chains the declarations of each column, source first
   */
  DeclaredRows(Dataset dataset, List<List<Declaration>> chains) {
    this.dataset = dataset;
    this.chains = chains;
    this.kept = dataset.resident() ? new Row[2][(int) dataset.volume().maxKey() + 1] : null;
    this.workers = ThreadLocal.withInitial(Worker::new);
  }

  /** The declared image of a key's row in a version. */
  Row row(long key, int version) {
    if (kept == null) {
      return workers.get().make(key, version);
    }
    Row[] rows = kept[version - 1];
    Row row = rows[(int) key];
    if (row == null) {
      row = workers.get().make(key, version);
      rows[(int) key] = row;
    }
    return row;
  }

  /** Images by identity of the value, and a hasher, for one thread. */
  private final class Worker {
    private final RowHasher hasher = new RowHasher(chains.size());
    private final List<Map<Object, Object>> images =
        chains.stream().<Map<Object, Object>>map(c -> new IdentityHashMap<>()).toList();

    Row make(long key, int version) {
      Object[] row = dataset.row(key, version);
      Object[] cells = new Object[row.length];
      for (int i = 0; i < row.length; i++) {
        cells[i] = image(i, row[i]);
      }
      hasher.begin(cells);
      return new Row(cells, hasher.sumHigh(), hasher.sumLow());
    }

    @SuppressWarnings("NullAway") // a NULL cell is a legitimate image
    private Object image(int column, Object value) {
      List<Declaration> chain = chains.get(column);
      if (chain.isEmpty()) {
        return value;
      }
      if (value == null) {
        return derive(chain, null);
      }
      Map<Object, Object> known = images.get(column);
      Object image = known.get(value);
      if (image == null) {
        image = derive(chain, value);
        if (known.size() >= MAX_IMAGES) {
          known.clear();
        }
        known.put(value, image);
      }
      return image;
    }

    private @Nullable Object derive(List<Declaration> chain, @Nullable Object value) {
      Object image = value;
      for (Declaration declaration : chain) {
        image = FidelityRules.apply(declaration, image);
      }
      return image;
    }
  }
}

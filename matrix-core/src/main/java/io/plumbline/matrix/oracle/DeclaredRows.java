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
  private final ThreadLocal<RowHasher> hashers;
  private final Row @Nullable [][] kept;
  private final List<Map<Object, Object>> images;

  /**
   * @param chains the declarations of each column, source first
   * @param hashers one hasher per thread
   */
  DeclaredRows(Dataset dataset, List<List<Declaration>> chains, ThreadLocal<RowHasher> hashers) {
    this.dataset = dataset;
    this.chains = chains;
    this.hashers = hashers;
    this.kept = dataset.resident() ? new Row[2][(int) dataset.maxKey() + 1] : null;
    // Keyed by identity: the same object always has the same image.
    this.images = chains.stream().<Map<Object, Object>>map(c -> new IdentityHashMap<>()).toList();
  }

  /** The declared image of a key's row in a version. */
  Row row(long key, int version) {
    if (kept == null) {
      return make(key, version);
    }
    Row[] rows = kept[version - 1];
    Row row = rows[(int) key];
    if (row == null) {
      row = make(key, version);
      rows[(int) key] = row;
    }
    return row;
  }

  private Row make(long key, int version) {
    Object[] row = dataset.row(key, version);
    Object[] cells = new Object[row.length];
    for (int i = 0; i < row.length; i++) {
      cells[i] = image(i, row[i]);
    }
    RowHasher hasher = hashers.get();
    hasher.begin(cells, -1);
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
    synchronized (known) {
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
  }

  private static @Nullable Object derive(List<Declaration> chain, @Nullable Object value) {
    Object image = value;
    for (Declaration declaration : chain) {
      image = FidelityRules.apply(declaration, image);
    }
    return image;
  }
}

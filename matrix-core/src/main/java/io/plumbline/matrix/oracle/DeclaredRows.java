package io.plumbline.matrix.oracle;

import io.plumbline.matrix.connector.TypeMapping.Declaration;
import io.plumbline.matrix.dataset.Dataset;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The rows that a chain of declarations makes of the data set, with the hash sums of their cells.
 * Rows of small volumes are kept, because the ten strategies of a pair expect the same ones.
 * Thread-safe.
 */
final class DeclaredRows {
  private static final int MAX_IMAGES = 1 << 12;

  private final Dataset dataset;
  private final List<List<Declaration>> chains;
  private final ThreadLocal<RowHasher> hashers;
  private final AtomicReferenceArray<Object @Nullable []> kept;
  private final long[] keptSums;
  private final List<Map<Object, Object>> images;

  /**
   * @param chains the declarations of each column, source first
   * @param hashers one hasher per thread
   */
  DeclaredRows(Dataset dataset, List<List<Declaration>> chains, ThreadLocal<RowHasher> hashers) {
    this.dataset = dataset;
    this.chains = chains;
    this.hashers = hashers;
    int places = dataset.resident() ? 2 * (int) dataset.maxKey() + 2 : 0;
    this.kept = new AtomicReferenceArray<>(places);
    this.keptSums = new long[2 * places];
    // Keyed by identity: the same object always has the same image.
    this.images = chains.stream().<Map<Object, Object>>map(c -> new IdentityHashMap<>()).toList();
  }

  /** The declared image of a key's row in a version. */
  Object[] row(long key, int version) {
    if (kept.length() == 0) {
      return make(key, version);
    }
    int place = place(key, version);
    Object[] cells = kept.getAcquire(place);
    if (cells == null) {
      cells = make(key, version);
      RowHasher hasher = hashers.get();
      hasher.begin(cells);
      keptSums[2 * place] = hasher.sumHigh();
      keptSums[2 * place + 1] = hasher.sumLow();
      kept.setRelease(place, cells);
    }
    return cells;
  }

  /** Makes a hasher take the declared image of a key's row in a version. */
  void begin(long key, int version, RowHasher hasher) {
    Object[] cells = row(key, version);
    if (kept.length() == 0) {
      hasher.begin(cells);
    } else {
      int place = place(key, version);
      hasher.begin(keptSums[2 * place], keptSums[2 * place + 1]);
    }
  }

  private static int place(long key, int version) {
    return (int) (2 * key) + version - 1;
  }

  private Object[] make(long key, int version) {
    Object[] row = dataset.row(key, version);
    Object[] cells = new Object[row.length];
    for (int i = 0; i < row.length; i++) {
      cells[i] = image(i, row[i]);
    }
    return cells;
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

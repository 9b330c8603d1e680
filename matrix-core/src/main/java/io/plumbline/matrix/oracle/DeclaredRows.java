package io.plumbline.matrix.oracle;

import io.plumbline.matrix.connector.TypeMapping.Declaration;
import io.plumbline.matrix.dataset.Dataset;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The rows that a chain of declarations makes of the data set, with the hash sums of their cells.
 * Rows of small volumes are kept, because the ten strategies of a pair expect the same ones.
 * Thread-safe.
 */
final class DeclaredRows {
  private static final int MAX_IMAGES = 1 << 12;

  private final Dataset dataset;
  private final AtomicReferenceArray<Object @Nullable []> kept;
  private final long[] keptSums;

  private final Map<Documents.Request, DocumentedRows> documented = new ConcurrentHashMap<>();

  /** The columns whose cells are not simply those of the data set. */
  private final int[] columns;

  private final List<List<Declaration>> chains;
  private final List<Map<Object, Object>> images;
  private final @Nullable Object[] nullImages;

  /**
   * @param chains the declarations of each column, source first; without those that are EXACT
   */
  DeclaredRows(Dataset dataset, List<List<Declaration>> chains) {
    this.dataset = dataset;
    int places = dataset.resident() ? 2 * (int) dataset.maxKey() + 2 : 0;
    this.kept = new AtomicReferenceArray<>(places);
    this.keptSums = new long[2 * places];
    this.columns =
        IntStream.range(0, chains.size()).filter(i -> !chains.get(i).isEmpty()).toArray();
    this.chains = Arrays.stream(columns).mapToObj(chains::get).toList();
    // Keyed by identity: the same object always has the same image.
    this.images =
        this.chains.stream().<Map<Object, Object>>map(c -> new IdentityHashMap<>()).toList();
    this.nullImages = this.chains.stream().map(c -> derive(c, null)).toArray();
  }

  /** What sets of these rows were found to add up to. */
  Map<Documents.Request, DocumentedRows> documented() {
    return documented;
  }

  /** The declared image of a key's row in a version; hashed by the hasher when it is new. */
  Object[] row(long key, int version, RowHasher hasher) {
    if (kept.length() == 0) {
      return make(key, version);
    }
    int place = place(key, version);
    Object[] cells = kept.getAcquire(place);
    if (cells == null) {
      cells = make(key, version);
      hasher.begin(cells, cells, place);
      keptSums[2 * place] = hasher.sumHigh();
      keptSums[2 * place + 1] = hasher.sumLow();
      kept.setRelease(place, cells);
    }
    return cells;
  }

  /** Makes a hasher take the declared image of a key's row in a version. */
  void begin(long key, int version, RowHasher hasher) {
    Object[] cells = row(key, version, hasher);
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
    Object[] cells = dataset.row(key, version).clone();
    synchronized (images) {
      for (int i = 0; i < columns.length; i++) {
        Object value = cells[columns[i]];
        cells[columns[i]] = value == null ? nullImages[i] : image(i, value);
      }
    }
    return cells;
  }

  private Object image(int i, Object value) {
    Map<Object, Object> known = images.get(i);
    Object image = known.get(value);
    if (image == null) {
      image = Objects.requireNonNull(derive(chains.get(i), value));
      if (known.size() >= MAX_IMAGES) {
        known.clear();
      }
      known.put(value, image);
    }
    return image;
  }

  private static @Nullable Object derive(List<Declaration> chain, @Nullable Object value) {
    Object image = value;
    for (Declaration declaration : chain) {
      image = FidelityRules.apply(declaration, image);
    }
    return image;
  }
}

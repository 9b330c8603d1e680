package io.plumbline.matrix.oracle;

import io.plumbline.matrix.connector.TypeMapping.Declaration;
import io.plumbline.matrix.dataset.Dataset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
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
  private final Dataset dataset;
  private final AtomicReferenceArray<Object @Nullable []> kept;
  private final long[] keptSums;

  private final Map<Documents.Request, DocumentedRows> documented = new ConcurrentHashMap<>();

  /** The columns whose cells are not simply those of the data set. */
  private final int[] columns;

  private final List<Images.Chain> images;

  /**
   * @param chains the declarations of each column, source first; without those that are EXACT
   * @param images images that other rows may have made already
   */
  DeclaredRows(Dataset dataset, List<List<Declaration>> chains, Images images) {
    this.dataset = dataset;
    int places = dataset.resident() ? 2 * (int) dataset.maxKey() + 2 : 0;
    this.kept = new AtomicReferenceArray<>(places);
    this.keptSums = new long[2 * places];
    this.columns =
        IntStream.range(0, chains.size()).filter(i -> !chains.get(i).isEmpty()).toArray();
    this.images = Arrays.stream(columns).mapToObj(chains::get).map(images::of).toList();
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
      hasher.begin(cells, place);
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
    for (int i = 0; i < columns.length; i++) {
      cells[columns[i]] = images.get(i).of(cells[columns[i]]);
    }
    return cells;
  }
}

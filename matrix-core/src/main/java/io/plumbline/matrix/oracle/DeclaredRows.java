package io.plumbline.matrix.oracle;

import io.plumbline.matrix.connector.TypeMapping.Declaration;
import io.plumbline.matrix.dataset.Column;
import io.plumbline.matrix.dataset.Dataset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The rows that a chain of declarations makes of the data set, with the hash sums of their cells.
 * What is learnt about rows of small volumes is kept, because the ten strategies of a pair expect
 * the same ones. Thread-safe.
 */
final class DeclaredRows {
  private final Dataset dataset;
  private final List<Images.Chain> fixed;
  private final Images.Table[] wide;
  private final AtomicReferenceArray<@Nullable Sums> sums;
  private final AtomicReferenceArray<@Nullable Known> known;
  private final Map<Documents.Request, DocumentedRows> documented = new ConcurrentHashMap<>();

  /** The hash sums of a row. */
  private record Sums(long high, long low) {}

  /** Cells that were found equal to the row, with their hash sums. */
  private record Known(Object[] cells, long high, long low) {}

  /**
   * @param chains the declarations of each column, source first; without those that are EXACT
   * @param images images that other rows may have made already
   */
  DeclaredRows(Dataset dataset, List<List<Declaration>> chains, Images images) {
    this.dataset = dataset;
    int places = dataset.resident() ? 2 * (int) dataset.maxKey() + 2 : 0;
    this.sums = new AtomicReferenceArray<>(places);
    this.known = new AtomicReferenceArray<>(places);
    this.fixed = chains.subList(0, Column.FIRST_WIDE).stream().map(images::of).toList();
    this.wide =
        IntStream.range(Column.FIRST_WIDE, chains.size())
            .mapToObj(i -> images.of(dataset.columns().get(i), chains.get(i)))
            .toArray(Images.Table[]::new);
  }

  /** What sets of these rows were found to add up to. */
  Map<Documents.Request, DocumentedRows> documented() {
    return documented;
  }

  /** The declared image of a key's row in a version. */
  Object[] row(long key, int version) {
    Object[] cells = fixed(key, version, dataset.columns().size());
    byte[] choices = dataset.choices(key, version);
    for (int j = 0; j < wide.length; j++) {
      cells[Column.FIRST_WIDE + j] = wide[j].image(choices[j]);
    }
    return cells;
  }

  private Object[] fixed(long key, int version, int width) {
    Object[] row = dataset.row(key, version);
    Object[] cells = new Object[width];
    for (int column = 0; column < Column.FIRST_WIDE; column++) {
      cells[column] = fixed.get(column).of(row[column]);
    }
    return cells;
  }

  /** Makes a hasher take the declared image of a key's row in a version. */
  void begin(long key, int version, RowHasher hasher) {
    int place = place(key, version);
    Sums kept = place < sums.length() ? sums.getAcquire(place) : null;
    if (kept != null) {
      hasher.begin(kept.high(), kept.low());
      return;
    }
    hasher.begin(fixed(key, version, Column.FIRST_WIDE));
    byte[] choices = dataset.choices(key, version);
    for (int j = 0; j < wide.length; j++) {
      hasher.cell(Column.FIRST_WIDE + j, wide[j].high(choices[j]), wide[j].low(choices[j]));
    }
    if (place < sums.length()) {
      sums.setRelease(place, new Sums(hasher.sumHigh(), hasher.sumLow()));
    }
  }

  /**
   * True when every cell is the very object that was found equal to this row's before; then the
   * hasher takes them.
   */
  boolean known(long key, int version, Object[] cells, RowHasher hasher) {
    int place = place(key, version);
    Known before = place < known.length() ? known.getAcquire(place) : null;
    if (before == null || !sameObjects(cells, before.cells())) {
      return false;
    }
    hasher.begin(before.high(), before.low());
    return true;
  }

  /** Remembers that the cells that a hasher just took are equal to this row's. */
  void remember(long key, int version, Object[] cells, RowHasher hasher) {
    int place = place(key, version);
    if (place < known.length()) {
      // A copy: whoever changes his row afterwards must not change what is remembered of it.
      known.setRelease(place, new Known(cells.clone(), hasher.sumHigh(), hasher.sumLow()));
    }
  }

  private static boolean sameObjects(Object[] cells, Object[] last) {
    if (cells.length != last.length) {
      return false;
    }
    for (int i = 0; i < cells.length; i++) {
      if (cells[i] != last[i]) {
        return false;
      }
    }
    return true;
  }

  private static int place(long key, int version) {
    return (int) Math.min(2 * key + version - 1, Integer.MAX_VALUE);
  }
}

package io.plumbline.matrix.oracle;

import io.plumbline.matrix.connector.TypeMapping.Declaration;
import io.plumbline.matrix.dataset.Column;
import io.plumbline.matrix.dataset.Dataset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The rows that a chain of declarations makes of the data set, and their comparison with rows that
 * were read back. Hash sums of rows of small volumes are kept, because the ten strategies of a pair
 * expect the same ones; those of expected rows and those of rows that were read back stay apart.
 * Thread-safe.
 */
final class DeclaredRows {
  private final Dataset dataset;
  private final Images.Chain[] fixed;
  private final Images.Table[] wide;
  private final KeptSums exactSums;
  private final KeptSums expectedSums;
  private final KeptSums actualSums;
  private final MetCells met;
  private final Map<Documents.Request, DocumentedRows> documented = new ConcurrentHashMap<>();

  /** Is told what differs. */
  @FunctionalInterface
  interface Differences {
    /** One cell that is not as expected. */
    void differ(int column, @Nullable Object expected, @Nullable Object actual);
  }

  /**
   * @param chains the declarations of each column, source first; without those that are EXACT
   * @param images images that other rows may have made already
   * @param exactSums sums of the data set's own cells before the first wide column
   */
  DeclaredRows(Dataset dataset, List<List<Declaration>> chains, Images images, KeptSums exactSums) {
    this.dataset = dataset;
    this.exactSums = exactSums;
    this.expectedSums = new KeptSums(dataset.maxKey(), dataset.indexed());
    this.actualSums = new KeptSums(dataset.maxKey(), dataset.indexed());
    this.fixed =
        chains.subList(0, Column.FIRST_WIDE).stream().map(images::of).toArray(Images.Chain[]::new);
    this.wide =
        IntStream.range(Column.FIRST_WIDE, chains.size())
            .mapToObj(i -> images.of(dataset.columns().get(i), chains.get(i)))
            .toArray(Images.Table[]::new);
    this.met = new MetCells(wide.length, mostChoices(dataset));
  }

  /** NULL is a choice, too. */
  private static int mostChoices(Dataset dataset) {
    return 1
        + dataset.columns().stream()
            .skip(Column.FIRST_WIDE)
            .mapToInt(column -> dataset.domain(column).size())
            .max()
            .orElse(0);
  }

  /** What sets of these rows were found to add up to. */
  Map<Documents.Request, DocumentedRows> documented() {
    return documented;
  }

  /** Makes a hasher take the declared image of a key's row in a version. */
  void begin(long key, int version, RowHasher hasher) {
    if (expectedSums.take(key, version, hasher)) {
      return;
    }
    Object[] row = dataset.fixedCells(key, version);
    Object[] cells = new Object[Column.FIRST_WIDE];
    for (int column = 0; column < cells.length; column++) {
      cells[column] = fixed[column].of(row[column]);
    }
    beginFixed(key, version, row, cells, hasher);
    byte[] choices = dataset.choices(key, version);
    for (int j = 0; j < wide.length; j++) {
      hasher.cell(Column.FIRST_WIDE + j, wide[j].high(choices[j]), wide[j].low(choices[j]));
    }
    expectedSums.keep(key, version, hasher);
  }

  /**
   * Compares cells that were read back with the declared image of a key's row in a version; the
   * hasher takes the cells.
   *
   * @return true when nothing differs
   */
  boolean compare(
      long key, int version, Object[] cells, RowHasher hasher, Differences differences) {
    Object[] row = dataset.fixedCells(key, version);
    byte[] choices = dataset.choices(key, version);
    boolean equal = compareFixed(row, cells, differences);
    if (equal && met.all(cells, choices) && actualSums.take(key, version, hasher)) {
      return true;
    }
    beginFixed(key, version, row, cells, hasher);
    for (int j = 0; j < wide.length; j++) {
      int column = Column.FIRST_WIDE + j;
      Object cell = cells[column];
      MetCells.Met known = met.get(j, choices[j], cell);
      if (known != null) {
        hasher.cell(column, known.high(), known.low());
        continue;
      }
      long[] hash = RowHasher.hash(cell);
      hasher.cell(column, hash[0], hash[1]);
      Object expected = wide[j].image(choices[j]);
      if (Objects.equals(expected, cell)) {
        met.meet(j, choices[j], new MetCells.Met(cell, hash[0], hash[1]));
      } else {
        differences.differ(column, expected, cell);
        equal = false;
      }
    }
    if (equal) {
      actualSums.keep(key, version, hasher);
    }
    return equal;
  }

  private boolean compareFixed(Object[] row, Object[] cells, Differences differences) {
    boolean equal = true;
    for (int column = 0; column < Column.FIRST_WIDE; column++) {
      Object expected = fixed[column].of(row[column]);
      if (expected != cells[column] && !Objects.equals(expected, cells[column])) {
        differences.differ(column, expected, cells[column]);
        equal = false;
      }
    }
    return equal;
  }

  /** Cells that are the data set's own objects were hashed by an earlier pair. */
  private void beginFixed(long key, int version, Object[] row, Object[] cells, RowHasher hasher) {
    boolean own = Objects.equals(cells[Column.ID], row[Column.ID]);
    for (int column = Column.ID + 1; column < Column.FIRST_WIDE; column++) {
      own &= cells[column] == row[column];
    }
    if (own && exactSums.take(key, version, hasher)) {
      return;
    }
    hasher.begin(cells, Column.FIRST_WIDE);
    if (own) {
      exactSums.keep(key, version, hasher);
    }
  }
}

package io.plumbline.matrix.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.matrix.connector.Fidelity;
import io.plumbline.matrix.connector.TextForm;
import io.plumbline.matrix.connector.TypeMapping.Declaration;
import io.plumbline.matrix.dataset.Column;
import io.plumbline.matrix.dataset.Dataset;
import io.plumbline.matrix.dataset.LogicalType;
import io.plumbline.matrix.dataset.Volume;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DeclaredRowsTest {
  private static final long SEED = 20261121;
  private static final Declaration AS_TEXT =
      new Declaration(LogicalType.LONG_TEXT, "text", new Fidelity.AsText(TextForm.VERBATIM));
  private final Dataset dataset =
      new Dataset(new Volume(200, new BigDecimal("0.20"), new BigDecimal("0.05"), 120, 7));
  private final int width = dataset.columns().size();
  private final RowHasher hasher = new RowHasher(width);
  private final DeclaredRows plain = rows(false);
  private final DeclaredRows texts = rows(true);
  private final List<Integer> differing = new ArrayList<>();

  @Test
  void theExpectedSumsAreThoseOfTheDeclaredCells() {
    for (int pass = 1; pass <= 2; pass++) {
      for (long key = 1; key <= dataset.maxKey(); key++) {
        for (int version = 1; version <= 2; version++) {
          texts.begin(key, version, hasher);
          assertThat(sums(hasher)).as("pass %d", pass).isEqualTo(fresh(declared(key, version)));
          plain.begin(key, version, hasher);
          assertThat(sums(hasher)).as("pass %d", pass).isEqualTo(fresh(dataset.row(key, version)));
        }
      }
    }
  }

  @Test
  void theSumsOfCellsThatWereReadBackAreTheirOwn() {
    for (int pass = 1; pass <= 3; pass++) {
      for (long key = 1; key <= dataset.maxKey(); key++) {
        Object[] cells = declared(key, 2);
        assertThat(compare(texts, key, 2, cells)).isEmpty();
        assertThat(sums(hasher)).as("pass %d", pass).isEqualTo(fresh(cells));
      }
    }
  }

  @Test
  void aCellThatChangesInAnySingleColumnDiffersAndMovesTheSums() {
    Random random = new Random(SEED);
    for (int column = 0; column < width; column++) {
      long key = 1L + random.nextInt(200);
      Object[] cells = declared(key, 1);
      assertThat(compare(texts, key, 1, cells)).isEmpty();
      List<Long> right = sums(hasher);
      cells[column] = cells[column] == null ? "no longer NULL" : null;

      assertThat(compare(texts, key, 1, cells)).as("seed %d", SEED).containsExactly(column);
      assertThat(sums(hasher)).isEqualTo(fresh(cells)).isNotEqualTo(right);

      cells[column] = declared(key, 1)[column];
      assertThat(compare(texts, key, 1, cells)).isEmpty();
      assertThat(sums(hasher)).isEqualTo(right);
    }
  }

  @Test
  void aRowIsNotTakenForAnotherRowWhoseCellsWereSeen() {
    for (long key = 1; key <= 100; key++) {
      assertThat(compare(plain, key, 1, dataset.row(key, 1))).isEmpty();
    }
    for (long key = 1; key < 100; key++) {
      Object[] foreign = dataset.row(key + 1, 1);
      List<Integer> columns = compare(plain, key, 1, foreign);
      Object[] row = dataset.row(key, 1);
      for (int column = 0; column < width; column++) {
        assertThat(columns.contains(column))
            .isEqualTo(
                row[column] == null
                    ? foreign[column] != null
                    : !row[column].equals(foreign[column]));
      }
      assertThat(sums(hasher)).isEqualTo(fresh(foreign));
    }
  }

  @Test
  void anEqualCellThatIsAnotherObjectIsNoDifference() {
    Object[] cells = dataset.row(19, 1).clone();
    cells[Column.AMOUNT] = new BigDecimal(cells[Column.AMOUNT].toString());

    assertThat(compare(plain, 19, 1, cells)).isEmpty();
    assertThat(compare(plain, 19, 1, dataset.row(19, 1))).isEmpty();
  }

  private List<Integer> compare(DeclaredRows rows, long key, int version, Object[] cells) {
    differing.clear();
    boolean equal =
        rows.compare(key, version, cells, hasher, (column, e, a) -> differing.add(column));
    assertThat(equal).isEqualTo(differing.isEmpty());
    return differing;
  }

  private DeclaredRows rows(boolean integersAsText) {
    return new DeclaredRows(
        dataset,
        dataset.columns().stream()
            .map(c -> integersAsText && isInteger(c) ? List.of(AS_TEXT) : List.<Declaration>of())
            .toList(),
        new Images(dataset),
        new KeptSums(dataset.maxKey(), true));
  }

  private static boolean isInteger(Column column) {
    return column.type() == LogicalType.INTEGER;
  }

  /** What {@link #texts} declares, made in the plainest way. */
  private Object[] declared(long key, int version) {
    Object[] cells = dataset.row(key, version).clone();
    for (Column column : dataset.columns()) {
      Object value = cells[column.index()];
      cells[column.index()] = isInteger(column) && value != null ? value.toString() : value;
    }
    return cells;
  }

  private List<Long> fresh(Object[] cells) {
    RowHasher other = new RowHasher(width);
    other.begin(cells, width);
    return sums(other);
  }

  private static List<Long> sums(RowHasher hasher) {
    return List.of(hasher.sumHigh(), hasher.sumLow());
  }
}

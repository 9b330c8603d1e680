package io.plumbline.matrix.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.matrix.dataset.Column;
import io.plumbline.matrix.dataset.Dataset;
import io.plumbline.matrix.dataset.Volume;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RowHasherTest {
  private static final long SEED = 20261121;
  private final Dataset dataset = new Dataset(Volume.DEFAULT);
  private final int width = dataset.columns().size();
  private final RowHasher hasher = new RowHasher(width, 64);

  @Test
  void whatIsRememberedNeverChangesAHash() {
    Random random = new Random(SEED);
    for (int i = 0; i < 2_000; i++) {
      Object[] row = dataset.row(1 + random.nextInt(10_000), 1);
      // The hints of any row, right or wrong.
      hasher.begin(row, row, dataset.choices(1 + random.nextInt(10_000), 1));
      RowHasher fresh = new RowHasher(width, 0);
      fresh.begin(row);
      assertThat(hasher.sumHigh()).as("seed %d, row %d", SEED, i).isEqualTo(fresh.sumHigh());
      assertThat(hasher.sumLow()).isEqualTo(fresh.sumLow());
    }
  }

  @Test
  void aCellThatChangesInAnySingleColumnIsSuspectAndMovesTheHash() {
    Object[] expected = dataset.row(17, 1);
    byte[] choices = dataset.choices(17, 1);
    for (int column = 1; column < width; column++) {
      Object[] cells = expected.clone();
      settle(cells, expected, choices);
      long high = hasher.sumHigh();
      cells[column] = cells[column] == null ? "no longer NULL" : null;

      int suspects = hasher.begin(cells, expected, choices);

      assertThat(suspects).as(dataset.columns().get(column).name()).isEqualTo(1);
      assertThat(hasher.suspect(0)).isEqualTo(column);
      assertThat(hasher.equal(column, expected[column], cells[column])).isFalse();
      assertThat(hasher.sumHigh()).isNotEqualTo(high);
    }
  }

  @Test
  void anEqualCellThatIsAnotherObjectIsNoDifference() {
    Object[] expected = dataset.row(19, 1);
    Object[] cells = expected.clone();
    cells[Column.AMOUNT] = new java.math.BigDecimal(expected[Column.AMOUNT].toString());
    settle(cells, expected, dataset.choices(19, 1));

    assertThat(hasher.begin(cells, expected, dataset.choices(19, 1))).isZero();
  }

  @Test
  void moreObjectsThanAColumnCanNumberAreHashedAllTheSame() {
    Object[] row = dataset.row(20, 1).clone();
    byte[] choices = dataset.choices(20, 1);
    for (int i = 0; i < 40_000; i++) {
      row[Column.FIRST_WIDE] = Long.valueOf(1_000 + i);
      hasher.begin(row, row, choices);
    }
    RowHasher fresh = new RowHasher(width, 0);
    fresh.begin(row);

    assertThat(hasher.sumHigh()).isEqualTo(fresh.sumHigh());
    assertThat(hasher.sumLow()).isEqualTo(fresh.sumLow());
  }

  /** Lets the hasher see a row until nothing is suspect any more. */
  private void settle(Object[] cells, Object[] expected, byte[] choices) {
    for (int time = 0; time < 2; time++) {
      int suspects = hasher.begin(cells, expected, choices);
      for (int i = 0; i < suspects; i++) {
        int column = hasher.suspect(i);
        assertThat(hasher.equal(column, expected[column], cells[column])).isTrue();
      }
    }
  }
}

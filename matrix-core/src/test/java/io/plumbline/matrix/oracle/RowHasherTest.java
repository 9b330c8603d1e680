package io.plumbline.matrix.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.matrix.dataset.Dataset;
import io.plumbline.matrix.dataset.Volume;
import org.junit.jupiter.api.Test;

class RowHasherTest {
  private final Dataset dataset = new Dataset(Volume.DEFAULT);
  private final int width = dataset.columns().size();
  private final RowHasher hasher = new RowHasher(width);

  @Test
  void aChangeInAnySingleColumnMovesTheHash() {
    Object[] row = dataset.row(17, 1);
    hasher.begin(row, width);
    long high = hasher.sumHigh();
    for (int column = 0; column < width; column++) {
      Object[] cells = row.clone();
      cells[column] = cells[column] == null ? "no longer NULL" : null;
      hasher.begin(cells, width);
      assertThat(hasher.sumHigh()).as(dataset.columns().get(column).name()).isNotEqualTo(high);
    }
  }

  @Test
  void twoColumnsThatSwapTheirCellsMoveTheHash() {
    Object[] row = new Object[] {1L, "a", "b"};
    hasher.begin(row, 3);
    long high = hasher.sumHigh();
    hasher.begin(new Object[] {1L, "b", "a"}, 3);

    assertThat(hasher.sumHigh()).isNotEqualTo(high);
  }

  @Test
  void aCellWhoseHashIsKnownCountsAsTheCell() {
    hasher.begin(new Object[] {1L, "a"}, 2);
    long high = hasher.sumHigh();
    long low = hasher.sumLow();
    hasher.begin(new Object[] {1L}, 1);
    long[] hash = RowHasher.hash("a");
    hasher.cell(1, hash[0], hash[1]);

    assertThat(hasher.sumHigh()).isEqualTo(high);
    assertThat(hasher.sumLow()).isEqualTo(low);
  }
}

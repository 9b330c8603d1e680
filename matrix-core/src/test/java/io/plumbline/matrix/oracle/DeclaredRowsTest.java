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
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class DeclaredRowsTest {
  private static final Declaration AS_TEXT =
      new Declaration(LogicalType.LONG_TEXT, "text", new Fidelity.AsText(TextForm.VERBATIM));
  private final Dataset dataset =
      new Dataset(new Volume(200, new BigDecimal("0.20"), new BigDecimal("0.05"), 120, 7));
  private final int width = dataset.columns().size();
  private final RowHasher hasher = new RowHasher(width, 0);
  private final DeclaredRows plain =
      new DeclaredRows(dataset, Collections.nCopies(width, List.of()), new Images(dataset));
  private final DeclaredRows texts =
      new DeclaredRows(
          dataset,
          dataset.columns().stream()
              .map(c -> c.type() == LogicalType.INTEGER ? List.of(AS_TEXT) : List.<Declaration>of())
              .collect(Collectors.toList()),
          new Images(dataset));

  @Test
  void withoutDeclarationsRowsAreThoseOfTheDataSet() {
    for (long key = 1; key <= dataset.maxKey(); key++) {
      for (int version = 1; version <= 2; version++) {
        assertThat(plain.row(key, version)).isEqualTo(dataset.row(key, version));
      }
    }
  }

  @Test
  void theSumsOfARowAreThoseOfItsCells() {
    for (long key = 1; key <= dataset.maxKey(); key++) {
      texts.begin(key, 2, hasher);
      RowHasher fresh = new RowHasher(width, 0);
      fresh.begin(texts.row(key, 2));
      assertThat(hasher.sumHigh()).isEqualTo(fresh.sumHigh());
      assertThat(hasher.sumLow()).isEqualTo(fresh.sumLow());
      texts.begin(key, 2, hasher);
      assertThat(hasher.sumHigh()).as("kept").isEqualTo(fresh.sumHigh());
    }
  }

  @Test
  void aDeclarationChangesItsColumnsOnly() {
    Object[] row = dataset.row(3, 1);
    Object[] declared = texts.row(3, 1);
    for (Column column : dataset.columns()) {
      Object value = row[column.index()];
      assertThat(declared[column.index()])
          .as(column.name())
          .isEqualTo(
              column.type() == LogicalType.INTEGER && value != null ? value.toString() : value);
    }
  }

  @Test
  void onlyTheVeryObjectsThatWereFoundEqualAreKnown() {
    Object[] cells = plain.row(5, 1);
    assertThat(plain.known(5, 1, cells, hasher)).isFalse();
    hasher.begin(cells);
    plain.remember(5, 1, cells, hasher);

    assertThat(plain.known(5, 1, cells.clone(), hasher)).isTrue();
    assertThat(plain.known(6, 1, cells, hasher)).isFalse();
    for (int column = 0; column < width; column++) {
      Object[] other = cells.clone();
      other[column] = new Object();
      assertThat(plain.known(5, 1, other, hasher)).isFalse();
    }
  }

  @Test
  void aRowThatIsChangedInPlaceAfterItWasRememberedIsSeen() {
    Object[] cells = plain.row(5, 1);
    hasher.begin(cells);
    plain.remember(5, 1, cells, hasher);
    cells[Column.AMOUNT] = cells[Column.AMOUNT].toString();

    assertThat(plain.known(5, 1, cells, hasher)).isFalse();
  }
}

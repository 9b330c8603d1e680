package io.plumbline.matrix.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.matrix.registry.InvalidInputException;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VolumeTest {

  @ParameterizedTest
  @CsvSource({
    "1,         0.20, 0.05, 0,       0,      0,      1",
    "1,         1,    1,    1,       0,      0,      0",
    "1,         1,    0,    0,       1,      0,      0",
    "3,         0.999, 0.666, 1,     0,      1,      2",
    "10,        0.29, 0.09, 0,       2,      0,      8",
    "100,       0.29, 0.07, 7,       15,     7,      78",
    "100,       0.29, 0.29, 29,      0,      0,      71",
    "100,       0.30, 0.20, 20,      0,      10,     80",
    "10000,     0,    0,    0,       0,      0,      10000",
    "10000,     0.20, 0.05, 500,     1000,   500,    8500",
    "1000000,   0.20, 0.05, 50000,   100000, 50000,  850000",
    "1000000000,0.20, 0.05, 50000000,100000000,50000000,850000000"
  })
  void countsAreExact(
      long rows,
      BigDecimal changeRatio,
      BigDecimal deleteRatio,
      long deleted,
      long updated,
      long inserted,
      long stable) {
    Volume volume = new Volume(rows, changeRatio, deleteRatio, 120, 1);

    assertThat(volume.deleted()).isEqualTo(deleted);
    assertThat(volume.updated()).isEqualTo(updated);
    assertThat(volume.inserted()).isEqualTo(inserted);
    assertThat(volume.stable()).isEqualTo(stable);
    assertThat(volume.changed()).isEqualTo(deleted + updated + inserted);
    assertThat(volume.maxKey()).isEqualTo(rows + inserted);
  }

  @Test
  void theDocumentedDefaults() {
    assertThat(Volume.DEFAULT)
        .isEqualTo(
            new Volume(10_000, new BigDecimal("0.20"), new BigDecimal("0.05"), 120, 20260603L));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0          | 0.2 | 0.05 | 120 | rows is 0; allowed are 1 to 1000000000.",
        "-1         | 0.2 | 0.05 | 120 | rows is -1; allowed are 1 to 1000000000.",
        "1000000001 | 0.2 | 0.05 | 120 | rows is 1000000001; allowed are 1 to 1000000000.",
        "10 | 1.01 | 0.05 | 120 | change-ratio is 1.01; allowed are 0 to 1.",
        "10 | -0.1 | 0.05 | 120 | change-ratio is -0.1; allowed are 0 to 1.",
        "10 | 1E1000000000 | 0 | 120 | change-ratio is 1E+1000000000; allowed are 0 to 1.",
        "10 | 1E-1000000000 | 0 | 120 | change-ratio has 1000000000 decimals; allowed are at most 20.",
        "10 | 0.2 | 2 | 120 | delete-ratio is 2; allowed are 0 to 1.",
        "10 | 0.2 | -1 | 120 | delete-ratio is -1; allowed are 0 to 1.",
        "10 | 0.20 | 0.21 | 120 | delete-ratio 0.21 is greater than change-ratio 0.20; deleted rows are part of the changed rows, so it must be at most that.",
        "10 | 0.2 | 0.05 | 121 | wide columns is 121; allowed are 0 to 120.",
        "10 | 0.2 | 0.05 | -1 | wide columns is -1; allowed are 0 to 120."
      })
  void refusesWhatIsOutOfRange(
      long rows, BigDecimal changeRatio, BigDecimal deleteRatio, int wide, String message) {
    assertThatThrownBy(() -> new Volume(rows, changeRatio, deleteRatio, wide, 1))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(message);
  }
}

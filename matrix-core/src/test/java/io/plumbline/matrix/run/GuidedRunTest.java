package io.plumbline.matrix.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.matrix.dataset.Volume;
import io.plumbline.matrix.oracle.Check;
import io.plumbline.matrix.oracle.Verdict;
import io.plumbline.matrix.registry.Matrix;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GuidedRunTest {
  private static final String GUIDE =
      """
      # From a to b

      | this | table |
      |---|---|
      | is | another |

      ## Strategies

      | strategy | on this pair | how |
      |---|---|---|
      | `full_refresh` | supported | all rows |
      | incremental_append | supported | |
      | incremental_merge | supported | |
      | replace | supported | |
      | snapshot_diff | supported | |
      | partition_replace | sink_has_no_partitions | use replace |
      | scd2 | sink_has_no_history | use snapshot_diff |
      | backfill | sink_has_no_partitions | use replace |
      | xmin | supported | |
      | cdc | supported | |

      ## Types

      | oid | bigint |
      """;

  @TempDir private Path folder = Path.of("");

  @Test
  void aCaseWhoseGuideAgreesPasses() throws IOException {
    write(GUIDE);
    assertThat(run("postgres_to_kafka__xmin").verdict()).isEqualTo(Verdict.PASS);
    assertThat(run("postgres_to_kafka__scd2").verdict()).isEqualTo(Verdict.REJECTED_AS_DECLARED);
    assertThat(run("postgres_to_kafka__xmin").checks())
        .anyMatch(check -> check.check() == Check.GUIDE);
  }

  @Test
  void aMissingGuideFailsTheCase() {
    CaseResult result = run("postgres_to_kafka__xmin");
    assertThat(result.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(result.reason())
        .contains(
            "check guide", "postgres-to-kafka.md", "no such guide in " + folder.getFileName());
    assertThat(run("postgres_to_kafka__scd2").verdict()).isEqualTo(Verdict.FAIL);
  }

  @Test
  void aGuideThatLeavesAStrategyOutFailsTheCase() throws IOException {
    write(GUIDE.replace("| xmin | supported | |\n", ""));
    assertThat(run("postgres_to_kafka__full_refresh").verdict()).isEqualTo(Verdict.FAIL);
  }

  @Test
  void aGuideThatListsAStrategyTwiceFailsTheCase() throws IOException {
    write(
        GUIDE.replace(
            "| xmin | supported | |\n", "| xmin | supported | |\n| xmin | supported | |\n"));
    assertThat(run("postgres_to_kafka__full_refresh").verdict()).isEqualTo(Verdict.FAIL);
  }

  @Test
  void aGuideThatPromisesWhatIsRefusedFailsTheCase() throws IOException {
    write(GUIDE.replace("| sink_has_no_history |", "| supported |"));
    assertThat(run("postgres_to_kafka__full_refresh").verdict()).isEqualTo(Verdict.FAIL);
  }

  @Test
  void aGuideWithoutTheSectionFailsTheCase() throws IOException {
    write(GUIDE.replace("## Strategies", "## What it does"));
    assertThat(run("postgres_to_kafka__full_refresh").verdict()).isEqualTo(Verdict.FAIL);
  }

  private void write(String guide) throws IOException {
    Files.writeString(folder.resolve("postgres-to-kafka.md"), guide);
  }

  private CaseResult run(String id) {
    Matrix cube = StandardRunTest.cube();
    Volume volume = new Volume(40, new BigDecimal("0.2"), new BigDecimal("0.05"), 3, 7);
    try (MatrixRun run =
        new GuidedRun(
            new StandardRun(StandardRunTest.settings(volume), cube, PlainConnector.ofTheCube()),
            cube,
            folder)) {
      return run.run(cube.find(id).orElseThrow());
    }
  }
}

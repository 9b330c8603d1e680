package io.plumbline.matrix.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgreementTest {
  private static final String CASE = "a_to_b__xmin";
  private static final String VOLUME = "{\"manifest\": {\"rows\": 10, \"seed\": 1}}";
  private static final String BEHAVIOR =
      """
      {"verdict": "PASS", "rounds": [
        {"name": "first",
         "phases": [{"unit": "load", "phase": "extract", "rows": 10, "checksum": "x"}],
         "counts": {"rows_extracted": 10, "rows_moved": 10, "inserts": 10, "updates": 0, "deletes": 0},
         "checksums": {"expected": "e", "actual": "e"},
         "checks": [
           {"check": "row_count", "outcome": "pass", "expected": "10", "actual": "10"},
           {"check": "extract_checksum", "outcome": "pass", "expected": "x", "actual": "x"},
           {"check": "operation_counts", "outcome": "pass", "expected": "10", "actual": "10"}]}
      ]}
      """;
  private static final String GUIDE =
      """
      {"name": "contract", "phases": [], "counts": {}, "checksums": {}, "checks": [
        {"check": "guide", "outcome": "pass", "expected": "g", "actual": "g"}]}
      """;

  @TempDir private Path folder = Path.of("");

  @BeforeEach
  void theSameInBothModes() throws IOException {
    write("memory", VOLUME, BEHAVIOR);
    write("real", VOLUME, BEHAVIOR);
  }

  private void write(String run, String volume, String behavior) throws IOException {
    Path directory = Files.createDirectories(folder.resolve(run).resolve(CASE));
    Files.writeString(directory.resolve("case.json"), volume);
    Files.writeString(directory.resolve("behavior.json"), behavior);
  }

  private Agreement agreement() {
    Agreement agreement = new Agreement(folder.resolve("memory"), folder.resolve("real"));
    agreement.compare(CASE);
    return agreement;
  }

  @Test
  void theSameBehaviourAgrees() {
    assertThat(agreement().compared()).isEqualTo(1);
    assertThat(agreement().differences()).isEmpty();
    assertThat(agreement().unseen()).isEmpty();
  }

  @Test
  void aCaseOfAVersionIsComparedWithTheCaseInMemoryWhichHasNone() throws IOException {
    String versioned = CASE + "@b-16";
    String ofState = "actual\": \"version 1 of %s\"";
    write("memory", VOLUME, BEHAVIOR.replace("actual\": \"10\"", ofState.formatted(CASE)));
    Path directory = Files.createDirectories(folder.resolve("real").resolve(versioned));
    Files.writeString(directory.resolve("case.json"), VOLUME);
    Files.writeString(
        directory.resolve("behavior.json"),
        BEHAVIOR.replace("actual\": \"10\"", ofState.formatted(versioned)));
    Agreement agreement = new Agreement(folder.resolve("memory"), folder.resolve("real"));
    agreement.compare(versioned);
    assertThat(agreement.compared()).isEqualTo(1);
    assertThat(agreement.differences()).isEmpty();
    Files.writeString(
        directory.resolve("behavior.json"),
        BEHAVIOR.replace("rows_moved\": 10", "rows_moved\": 9"));
    agreement.compare(versioned);
    assertThat(agreement.differences())
        .anyMatch(difference -> difference.startsWith(versioned + "/first/counts is "));
  }

  @ParameterizedTest
  @CsvSource({
    "rows_moved\": 10, rows_moved\": 9, first/counts",
    "rows_extracted\": 10, rows_extracted\": 9, first/counts",
    "actual\": \"e\", actual\": \"f\", first/checksums",
    "checksum\": \"x\", checksum\": \"y\", first/phases",
    "row_count\", row_counts\", first/row_count",
    "name\": \"first\", name\": \"again\", again/counts",
    "verdict\": \"PASS\", verdict\": \"REJECTED_AS_DECLARED\", verdict"
  })
  void anotherBehaviourIsNamed(String was, String is, String place) throws IOException {
    assertThat(BEHAVIOR).contains(was);
    write("real", VOLUME, BEHAVIOR.replace(was, is));
    assertThat(agreement().differences())
        .anyMatch(difference -> difference.startsWith(CASE + "/" + place + " is "));
  }

  @Test
  void whatARealSystemDoesNotShowIsLeftOutAndCounted() throws IOException {
    write(
        "real",
        VOLUME,
        BEHAVIOR
            .replace(", \"inserts\": 10, \"updates\": 0, \"deletes\": 0", "")
            .replace(
                "\"operation_counts\", \"outcome\": \"pass\"",
                "\"operation_counts\", \"outcome\": \"not_observable\""));
    assertThat(agreement().differences()).isEmpty();
    assertThat(agreement().unseen()).isEqualTo(Map.of("operation_counts", 1));
  }

  @Test
  void aReadThatMayReadMoreIsNotCompared() throws IOException {
    String unchecked = BEHAVIOR.replace("extract_checksum", "addend_sum");
    write("memory", VOLUME, unchecked);
    write(
        "real",
        VOLUME,
        unchecked
            .replace("\"extract\", \"rows\": 10", "\"extract\", \"rows\": 15")
            .replace("rows_extracted\": 10", "rows_extracted\": 15"));
    assertThat(agreement().compared()).isEqualTo(1);
    assertThat(agreement().differences()).isEmpty();
    write("real", VOLUME, unchecked.replace("\"phase\": \"extract\", ", "\"phase\": \"load\", "));
    assertThat(agreement().differences()).hasSize(1);
  }

  @Test
  void countsThatAreMissingWithoutAReasonAreADifference() throws IOException {
    write("real", VOLUME, BEHAVIOR.replace(", \"inserts\": 10", ""));
    assertThat(agreement().differences()).hasSize(1);
  }

  @Test
  void theRoundOfDocumentsIsOnlyInMemory() throws IOException {
    write("memory", VOLUME, BEHAVIOR.replaceFirst("]}\\s*$", "," + GUIDE + "]}"));
    assertThat(agreement().compared()).isEqualTo(1);
    assertThat(agreement().differences()).isEmpty();
  }

  @Test
  void anotherVolumeIsNotCompared() throws IOException {
    write("real", VOLUME.replace("10", "20"), BEHAVIOR);
    assertThat(agreement().compared()).isZero();
  }

  @Test
  void aCaseThatDidNotSucceedIsNotCompared() throws IOException {
    write("real", VOLUME, BEHAVIOR.replace("\"PASS\"", "\"UNKNOWN\""));
    assertThat(agreement().compared()).isZero();
  }

  @Test
  void aCaseThatWasNotRunInMemoryIsNotCompared() {
    Agreement agreement = new Agreement(folder.resolve("nowhere"), folder.resolve("real"));
    agreement.compare(CASE);
    assertThat(agreement.compared()).isZero();
  }
}

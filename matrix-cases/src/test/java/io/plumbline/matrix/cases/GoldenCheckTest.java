package io.plumbline.matrix.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.matrix.cli.GoldenCheck;
import io.plumbline.matrix.registry.InvalidInputException;
import io.plumbline.matrix.registry.Matrix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs whose behaviour is recorded, or compared with what is. */
class GoldenCheckTest {
  private static final List<String> CASES =
      Matrix.ofClassPath(Matrix.CANONICAL).cases().stream().map(c -> c.id().toString()).toList();

  @TempDir private Path folder = Path.of("");

  private void run(String mode, List<String> cases) throws IOException {
    Path artifacts = folder.resolve("test_artifacts/integration_matrix").resolve(mode);
    for (String caseId : cases) {
      behaves(Files.createDirectories(artifacts.resolve(caseId)), "PASS");
    }
    Files.write(artifacts.resolve("selected.txt"), cases);
  }

  private static void behaves(Path ofCase, String verdict) throws IOException {
    Files.writeString(ofCase.resolve("behavior.json"), "{\"verdict\": \"%s\"}".formatted(verdict));
  }

  private Path record() {
    return folder.resolve("golden/behavior.sha256");
  }

  private void check(String mode, String how) {
    GoldenCheck.main(record().toString(), folder.toString(), mode, how);
  }

  @Test
  void whatIsRecordedIsWhatHasToBeDoneAgain() throws IOException {
    run("mock_contract", CASES);
    check("mock_contract", "record");
    assertThat(record()).content().hasLineCount(CASES.size());
    assertThatCode(() -> check("mock_contract", "check")).doesNotThrowAnyException();
    run("mock_contract", CASES.subList(0, 3));
    assertThatCode(() -> check("mock_contract", "check")).doesNotThrowAnyException();
    behaves(
        folder.resolve("test_artifacts/integration_matrix/mock_contract").resolve(CASES.get(1)),
        "FAIL");
    assertThatThrownBy(() -> check("mock_contract", "check"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "The behaviour of 1 cases is not the recorded one; when that is wanted, record it with: mvn verify -Pmatrix-mock-contract -Dplumbline.golden=record. %s behaves otherwise than recorded."
                .formatted(CASES.get(1)));
  }

  @Test
  void aCaseThatIsNotRecordedOrGoneIsADifference() throws IOException {
    run("mock_contract", CASES);
    check("mock_contract", "record");
    List<String> lines = Files.readAllLines(record());
    Files.write(record(), lines.subList(1, lines.size()));
    assertThatThrownBy(() -> check("mock_contract", "check"))
        .hasMessageEndingWith(CASES.get(0) + " is not recorded.");
    lines.add("0".repeat(64) + "  postgres_to_nowhere__replace");
    Files.write(record(), lines);
    assertThatThrownBy(() -> check("mock_contract", "check"))
        .hasMessageEndingWith("postgres_to_nowhere__replace is recorded but gone.");
  }

  @Test
  void onlyTheWholeCubeInMemoryIsRecorded() throws IOException {
    run("mock_contract", CASES.subList(0, 3));
    run("mock_local", CASES);
    for (String mode : List.of("mock_contract", "mock_local")) {
      assertThatThrownBy(() -> check(mode, "record"))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining(
              "in " + mode + " has not all that is recorded; record it with: mvn ");
    }
    assertThat(record()).doesNotExist();
    assertThatCode(() -> check("mock_local", "check")).doesNotThrowAnyException();
  }

  @Test
  void anotherWordIsRefused() throws IOException {
    run("mock_contract", CASES);
    assertThatThrownBy(() -> check("mock_contract", "recrod"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("plumbline.golden is 'recrod'; allowed are check, record.");
  }
}

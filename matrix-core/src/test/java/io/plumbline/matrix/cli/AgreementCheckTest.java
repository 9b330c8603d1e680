package io.plumbline.matrix.cli;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.matrix.registry.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run of real systems beside which there is none in memory, or one. */
class AgreementCheckTest {
  private static final String CASE = "postgres_to_kafka__replace";

  @TempDir private Path folder = Path.of("");

  @BeforeEach
  void aRun() throws IOException {
    write("real_local");
  }

  private void write(String mode) throws IOException {
    Path artifacts = folder.resolve("test_artifacts/integration_matrix").resolve(mode);
    Path ofCase = Files.createDirectories(artifacts.resolve(CASE));
    Files.writeString(artifacts.resolve("selected.txt"), CASE + "\n");
    Files.writeString(ofCase.resolve("case.json"), "{\"manifest\": {\"rows\": 10}}");
    Files.writeString(ofCase.resolve("behavior.json"), "{\"verdict\": \"PASS\", \"rounds\": []}");
  }

  private void check(String how) {
    AgreementCheck.main(folder.toString(), "real_local", how);
  }

  @Test
  void nothingToCompareIsAFailureWhereAgreementIsRequired() {
    assertThatThrownBy(() -> check("required"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "plumbline.agreement is required, but nothing was compared with mock_contract; run it before, with the same volume and seed.");
    assertThatCode(() -> check("wanted")).doesNotThrowAnyException();
  }

  @Test
  void whatAgreesIsWhatIsRequired() throws IOException {
    write("mock_contract");
    assertThatCode(() -> check("required")).doesNotThrowAnyException();
  }

  @Test
  void anotherWordIsRefused() {
    assertThatThrownBy(() -> check("require"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("plumbline.agreement is 'require'; allowed are wanted, required.");
  }
}

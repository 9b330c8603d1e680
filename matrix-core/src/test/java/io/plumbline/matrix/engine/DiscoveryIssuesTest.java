package io.plumbline.matrix.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectPackage;

import io.plumbline.matrix.engine.suites.SmallMatrix;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.testkit.engine.EngineDiscoveryResults;

/** What cannot be run is one issue with one sentence, and nothing is written. */
class DiscoveryIssuesTest extends EngineOfASmallMatrix {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "matrix.run-mode | cloud | matrix.run-mode (system property): Unknown run mode 'cloud'; allowed are mock_contract, mock_local, real_local.",
        "matrix.source | oracle | Unknown source 'oracle'; allowed are postgres, mysql, kafka, or * for all.",
        "matrix.sink | oracle | Unknown sink 'oracle'; allowed are postgres, kafka, or * for all.",
        "matrix.strategy | cdc | Unknown strategy 'cdc'; allowed are full_refresh, xmin, scd2, or * for all.",
        "matrix.case | a_to_b__xmin | Unknown case 'a_to_b__xmin'; allowed are <source>_to_<sink>__<strategy> with source postgres, mysql, kafka; sink postgres, kafka; strategy full_refresh, xmin, scd2; and globs of these with * and ?.",
        "matrix.shard | 30/40 | The selection shard=30/40 leaves none of the 18 cases; allowed is any that leaves at least one.",
        "matrix.shard | 0/4 | matrix.shard (system property): Shard '0/4' does not exist; allowed are i/n with i from 1 to n, e.g. 2/4.",
        "matrix.rows | 0 | matrix.rows is '0' (system property); allowed are whole numbers from 1 to 1000000000.",
        "matrix.change-ratio | 2 | matrix.change-ratio is '2' (system property); allowed are decimal numbers from 0 to 1, e.g. 0.20.",
        "matrix.delete-ratio | 0.9 | delete-ratio 0.9 is greater than change-ratio 0.20; deleted rows are part of the changed rows, so it must be at most that."
      })
  void anInvalidSettingIsOneIssueWithTheSentence(String name, String value, String sentence) {
    properties.put(name, value);
    EngineDiscoveryResults results = kit(selectPackage(SUITES + ".families")).discover();
    assertThat(issues(results)).containsExactly(sentence);
    assertThat(leaves(results)).isEmpty();
  }

  @Test
  void anUnknownSettingIsAnIssue() {
    properties.put("matrix.sources", "postgres");
    assertThat(issues(kit(selectClass(SmallMatrix.class)).discover()))
        .singleElement()
        .asString()
        .startsWith("Unknown system property 'matrix.sources'; allowed are matrix.run-mode,");
  }

  @Test
  void aCaseThatNoRegistryHasIsAnIssue() {
    DiscoverySelector method = selectMethod(SmallMatrix.class.getName(), "nonsense");
    assertThat(issues(kit(method).discover()))
        .containsExactly(
            "No case of io/plumbline/matrix/engine/small.yaml matches 'nonsense'; allowed are ids like postgres_to_postgres__full_refresh and globs with * and ?.");
    assertThat(issues(kit(CaseSelector.of("nonsense")).discover())).hasSize(1);
  }

  @Test
  void aMissingRegistryIsAnIssue() {
    assertThat(issues(kit(selectClass(NoRegistry.class)).discover()))
        .singleElement()
        .asString()
        .startsWith("The registry 'nowhere.yaml' is not on the class path;");
  }

  @Test
  void aSuiteOfAnUnknownSourceIsAnIssue() {
    EngineDiscoveryResults results =
        kit(selectClass(OracleMatrix.class), selectClass(SmallMatrix.class)).discover();
    assertThat(issues(results))
        .containsExactly(
            "Suite "
                + OracleMatrix.class.getName()
                + " has the unknown source 'oracle'; allowed are postgres, mysql, kafka, or * for all.");
  }

  @Test
  void suitesOfTwoRegistriesAreAnIssue() {
    assertThat(
            issues(kit(selectClass(SmallMatrix.class), selectClass(WholeMatrix.class)).discover()))
        .singleElement()
        .asString()
        .contains("allowed is one registry per execution");
  }

  @Test
  void anArtifactDirectoryThatIsAFileIsAnIssue() throws IOException {
    Files.writeString(artifacts(), "not a directory");
    assertThat(issues(kit(selectClass(SmallMatrix.class)).discover()))
        .singleElement()
        .asString()
        .startsWith("The artifact directory '" + artifacts() + "' cannot be used: ");
  }

  @Test
  void anArtifactDirectoryWithForeignFilesIsAnIssueAndLeftAlone() throws IOException {
    Files.createDirectories(artifacts());
    Files.writeString(artifacts().resolve("thesis.txt"), "years of work");
    assertThat(issues(kit(selectClass(SmallMatrix.class)).discover()))
        .singleElement()
        .asString()
        .contains("it has files that no run of Plumbline left there");
    assertThat(artifacts().resolve("thesis.txt")).hasContent("years of work");
  }

  @MatrixSuite(registry = "nowhere.yaml")
  static final class NoRegistry {
    private NoRegistry() {}
  }

  @MatrixSuite(source = "oracle", registry = SmallMatrix.REGISTRY)
  static final class OracleMatrix {
    private OracleMatrix() {}
  }
}

package io.plumbline.matrix.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.plumbline.matrix.engine.suites.SmallMatrix;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.platform.testkit.engine.EngineDiscoveryResults;
import org.junit.platform.testkit.engine.EngineExecutionResults;

/** Other ways to name a case than the settings. */
class FiltersAndManifestsTest extends EngineOfASmallMatrix {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SmallMatrix#mysql_to_kafka__scd2 | mysql_to_kafka__scd2",
        "io.plumbline.**.SmallMatrix#mysql* | mysql*",
        "OtherTest, Small*#mysql_to_kafka__scd2 | mysql_to_kafka__scd2",
        "io/plumbline/matrix/SmallMatrix.java#xmin | xmin"
      })
  void aMethodFilterThatWouldRunEverythingIsAnIssue(String filter, String cases) {
    properties.put("test", filter);
    EngineDiscoveryResults results = kit(selectClass(SmallMatrix.class)).discover();
    assertThat(issues(results))
        .containsExactly(
            "-Dtest=%s names a method, and a case is none; use -Dmatrix.case=%s (an id or a glob) instead."
                .formatted(filter, cases));
    assertThat(leaves(results)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"SmallMatrix", "OtherTest#works", "'OtherTest#works, SmallMatrix'"})
  void aFilterThatNamesNoMethodOfASuiteIsNoIssue(String filter) {
    properties.put("test", filter);
    EngineDiscoveryResults results = kit(selectClass(SmallMatrix.class)).discover();
    assertThat(issues(results)).isEmpty();
    assertThat(leaves(results)).hasSize(18);
  }

  @Test
  void theManifestThatACaseLeftRunsItAgain() {
    properties.put("matrix.case", "postgres_to_kafka__xmin");
    properties.put("matrix.seed", "7");
    kit(selectClass(SmallMatrix.class)).execute();
    properties.clear();
    properties.put(
        "matrix.manifest", artifacts().resolve("postgres_to_kafka__xmin/manifest.yaml").toString());
    EngineExecutionResults results = kit(selectClass(SmallMatrix.class)).execute();
    results.testEvents().assertStatistics(s -> s.started(1).succeeded(1));
    assertThat(output()).containsPattern("matrix\\.seed +7 +manifest");
    assertThat(artifacts().resolve("postgres_to_kafka__xmin/manifest.yaml")).exists();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mysql_to_kafka__xmin | PASS | m.yaml: /expect/verdict is 'PASS'; allowed for mysql_to_kafka__xmin is 'REJECTED_AS_DECLARED'.",
        "oracle_to_kafka__xmin | PASS | Unknown case 'oracle_to_kafka__xmin'; allowed are"
      })
  void aManifestThatIsWrongIsAnIssueAndNoCaseRuns(String id, String verdict, String sentence)
      throws IOException {
    Files.writeString(
        folder.resolve("m.yaml"),
        "schema: plumbline.matrix.manifest/1\ncase: %s\nexpect: {verdict: %s}\n"
            .formatted(id, verdict));
    properties.put("user.dir", folder.toString());
    properties.put("matrix.manifest", "m.yaml");
    EngineDiscoveryResults results = kit(selectClass(SmallMatrix.class)).discover();
    assertThat(issues(results)).singleElement().asString().contains(sentence);
    assertThat(leaves(results)).isEmpty();
  }
}

package io.plumbline.matrix.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.plumbline.matrix.artifact.Redaction;
import io.plumbline.matrix.connector.EvidenceLevel;
import io.plumbline.matrix.connector.SystemInfo;
import io.plumbline.matrix.engine.suites.SmallMatrix;
import io.plumbline.matrix.oracle.Verdict;
import io.plumbline.matrix.registry.Family;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the terminal shows. */
class TerminalTest extends EngineOfASmallMatrix {

  @Test
  void beginsWithWhatWasSetAndWhatDecidesTheRestAndWhereItCameFrom() {
    properties.put("matrix.source", "mysql");
    environment.put("MATRIX_ROWS", "500");
    environment.put("MATRIX_SOURCE", "postgres");
    kit(selectClass(SmallMatrix.class))
        .configurationParameter("matrix.sink", "kafka")
        .configurationParameter("matrix.rows", "1")
        .execute();
    assertThat(output())
        .startsWith(
            String.join(
                "\n",
                "Plumbline: 3 of 18 cases",
                line("matrix.run-mode", "mock_contract", "default"),
                line("matrix.source", "mysql", "system property"),
                line("matrix.sink", "kafka", "configuration parameter"),
                line("matrix.rows", "500", "environment variable"),
                line("matrix.seed", "20260603", "default"),
                line("matrix.artifact-dir", artifacts().toString(), "system property"),
                "["));
  }

  private String line(String name, String value, String origin) {
    return ("  %-21s  %-" + artifacts().toString().length() + "s  %s")
        .formatted(name, value, origin);
  }

  @Test
  void aSettingThatHoldsASecretIsShownAsStars() {
    environment.put("WAREHOUSE_PASSWORD", "canary-9f3c");
    properties.put("matrix.artifact-dir", folder.resolve("canary-9f3c").toString());
    kit(selectClass(SmallMatrix.class)).execute();
    assertThat(output())
        .containsPattern("matrix\\.artifact-dir +\\S+/\\*\\*\\* +system property\n")
        .doesNotContain("canary");
  }

  @Test
  void aRefusedValueThatIsASecretIsShownAsStars() {
    environment.put("WAREHOUSE_PASSWORD", "canary-9f3c");
    environment.put("MATRIX_ROWS", "canary-9f3c");
    assertThat(issues(kit(selectClass(SmallMatrix.class)).discover()))
        .containsExactly(
            "matrix.rows is '***' (environment variable); allowed are whole numbers from 1 to 1000000000.");
  }

  @Test
  void printsALinePerCaseThenTheSum() {
    properties.put("matrix.source", "mysql");
    kit(selectClass(SmallMatrix.class)).execute();
    assertThat(output())
        .containsPattern("\\[ 1/6\\] (PASS|REJECTED_AS_DECLARED) mysql_to_\\w+ \\d+\\.\\d\\d s\n")
        .containsPattern("\\[ 6/6\\] ")
        .contains("3 PASS, 0 FAIL, 0 UNKNOWN, 3 REJECTED_AS_DECLARED, 0 SKIPPED")
        .containsPattern("slowest:\n +\\d+\\.\\d\\d s +mysql_to_");
  }

  @Test
  void aSystemThatIsReadyIsALineWithVersionImageAndTime() {
    Console console =
        new Console(
            new PrintStream(printed, true, StandardCharsets.UTF_8), new Redaction(List.of()));
    Family family = new Family("postgres");
    console.ready(
        new SystemInfo(
            family, "PostgreSQL", "15.4", EvidenceLevel.CONTAINER, Optional.of("postgres:15.4")),
        Duration.ofMillis(3_449));
    console.ready(
        new SystemInfo(family, "PostgreSQL", "15.4", EvidenceLevel.EMBEDDED), Duration.ZERO);
    assertThat(output())
        .isEqualTo(
            """
            postgres    PostgreSQL 15.4  container  postgres:15.4  ready in 3.4 s
            postgres    PostgreSQL 15.4  embedded  ready in 0.0 s
            """);
  }

  @Test
  void theEndRepeatsEachFailureWithDifferenceAndRerunLine() {
    runOne(c -> Results.of(c, Verdict.FAIL, "row_count: expected 10, actual 9", null));
    assertThat(output())
        .contains("[ 1/1] FAIL postgres_to_kafka__xmin ")
        .contains(
            """
            FAIL postgres_to_kafka__xmin: row_count: expected 10, actual 9
              first difference: round change, key 7, column w001_smallint: expected 1, actual 2
              rerun: mvn verify -Dmatrix.run-mode=mock_contract -Dmatrix.case=postgres_to_kafka__xmin""");
  }

  @Test
  void saysThatSurefiresFilterWasSeen() {
    properties.put("it.test", "SmallMatrix#mysql*");
    kit(selectClass(SmallMatrix.class)).execute();
    assertThat(output()).contains("-Dit.test or -Dtest=SmallMatrix#mysql* as well");
  }
}

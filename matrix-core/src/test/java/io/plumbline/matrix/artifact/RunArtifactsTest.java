package io.plumbline.matrix.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.plumbline.matrix.connector.EvidenceLevel;
import io.plumbline.matrix.connector.SystemFailureException;
import io.plumbline.matrix.connector.SystemInfo;
import io.plumbline.matrix.engine.Results;
import io.plumbline.matrix.oracle.Verdict;
import io.plumbline.matrix.registry.CaseId;
import io.plumbline.matrix.registry.Family;
import io.plumbline.matrix.registry.MatrixCase;
import io.plumbline.matrix.run.CaseResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RunArtifactsTest extends ArtifactsOfASmallRun {

  // --- determinism

  @Test
  void contractAndBehaviorAreByteIdenticalInTwoRuns() throws IOException {
    Map<String, byte[]> first = files(run("first", RunArtifactsTest::failing));
    Map<String, byte[]> second = files(run("second", RunArtifactsTest::failing));
    assertThat(first.keySet()).isEqualTo(second.keySet());
    List<String> deterministic =
        first.keySet().stream()
            .filter(
                f ->
                    f.endsWith("manifest.yaml")
                        || f.endsWith("case.json")
                        || f.endsWith("behavior.json")
                        || f.endsWith("diff.json"))
            .toList();
    assertThat(deterministic).hasSize(18 + 18 + 18 + 1);
    for (String file : deterministic) {
      assertThat(new String(second.getOrDefault(file, new byte[0]), StandardCharsets.UTF_8))
          .as(file)
          .isEqualTo(new String(first.getOrDefault(file, new byte[0]), StandardCharsets.UTF_8));
    }
  }

  @Test
  void whatIsDeterministicHoldsNoClockPathOrHost() throws IOException {
    Path directory = run("run", RunArtifactsTest::failing);
    for (String file : List.of("manifest.yaml", "case.json", "behavior.json")) {
      assertThat(Files.readString(directory.resolve(CASE).resolve(file)))
          .doesNotContain("millis", "start", folder.toString())
          .doesNotContainPattern("\\d{2}:\\d{2}:\\d{2}");
    }
  }

  // --- content

  @Test
  void theSummaryHasExactlyTheDocumentedFields() throws IOException {
    JsonNode summary = json(run("run", RunArtifactsTest::failing).resolve("summary.json"));
    assertThat(names(summary))
        .containsExactly(
            "schema",
            "run_mode",
            "seed",
            "volume",
            "registry",
            "selected",
            "verdicts",
            "skipped",
            "cells",
            "rows",
            "wall_millis",
            "evidence",
            "systems");
    assertThat(summary.path("schema").asText()).isEqualTo("plumbline.matrix.summary/1");
    assertThat(names(summary.path("volume")))
        .containsExactly("rows", "change_ratio", "delete_ratio", "wide_columns");
    assertThat(folder.resolve("run/summary.json"))
        .content()
        .contains("\"change_ratio\" : 0.20,", "\"delete_ratio\" : 0.05,");
    assertThat(summary.path("registry").toString())
        .isEqualTo("{\"cells\":18,\"supported\":11,\"rejections\":7}");
    assertThat(summary.path("selected").asInt()).isEqualTo(18);
    assertThat(summary.path("verdicts").toString())
        .isEqualTo(
            "{\"PASS\":10,\"FAIL\":1,\"UNKNOWN\":0,\"REJECTED_AS_DECLARED\":7,\"SKIPPED\":0}");
    assertThat(summary.path("wall_millis").asLong()).isEqualTo(1_234);
    assertThat(summary.path("evidence").toString())
        .isEqualTo(
            "{\"contract\":18,\"stand_in\":0,\"embedded\":0,\"container\":0,\"external\":0}");
    assertThat(summary.path("systems").get(0).toString())
        .isEqualTo(
            "{\"family\":\"kafka\",\"product\":\"in memory\",\"version\":\"1\",\"level\":\"contract\"}");
  }

  @Test
  void everyReasonOfASkippedCaseIsCounted() throws IOException {
    Path directory =
        run(
            folder.resolve("run"),
            new Redaction(List.of("canary")),
            each ->
                each.id().sink().id().equals("kafka")
                    ? Results.of(each, Verdict.SKIPPED, "kafka: no | canary", null)
                    : each.id().toString().equals(CASE)
                        ? Results.of(each, Verdict.SKIPPED, "documented contract only", null)
                        : Results.good(each));
    assertThat(json(directory.resolve("summary.json")).path("skipped"))
        .hasToString(
            "[{\"reason\":\"documented contract only\",\"cases\":1},{\"reason\":\"kafka: no | ***\",\"cases\":9}]");
    assertThat(directory.resolve("summary.md"))
        .content()
        .contains("| documented contract only | 1 |\n| kafka: no \\| *** | 9 |\n");
  }

  @Test
  void whereNothingWasSkippedNoReasonIsGiven() throws IOException {
    Path directory = run("run", Results::good);
    assertThat(json(directory.resolve("summary.json")).path("skipped")).hasToString("[]");
    assertThat(directory.resolve("summary.md")).content().doesNotContain("skipped, because");
  }

  @Test
  void sumsAreThoseThatTheCasesMeasured() throws IOException {
    JsonNode summary = json(run("run", RunArtifactsTest::failing).resolve("summary.json"));
    assertThat(summary.path("rows").toString()).isEqualTo("{\"moved\":180,\"verified\":360}");
    assertThat(summary.path("cells").toString()).isEqualTo("{\"moved\":22680,\"verified\":45360}");
  }

  @Test
  void whatFailedAndWhatIsMissingIsKnownAtAnyTime() throws IOException {
    Path directory = folder.resolve("run");
    RunArtifacts artifacts = open(directory, new Redaction(List.of()));
    MatrixCase good = MATRIX.find("postgres_to_kafka__xmin").orElseThrow();
    MatrixCase bad = MATRIX.find(CASE).orElseThrow();
    Map<CaseId, String> suites = new TreeMap<>(java.util.Comparator.comparing(CaseId::toString));
    List.of(good, bad).forEach(c -> suites.put(c.id(), "suites.Matrix"));
    artifacts.select(suites);
    assertThat(directory.resolve("failed.txt")).hasContent(good.id() + "\n" + CASE);
    artifacts.report(new Reported("suites.Matrix", failing(bad), Duration.ZERO));
    artifacts.report(new Reported("suites.Matrix", Results.good(good), Duration.ZERO));
    assertThat(directory.resolve("failed.txt")).hasContent(CASE);
  }

  @Test
  void aMoverThatIsNotTheReferenceMoverIsNamed() throws IOException {
    Path directory = folder.resolve("run");
    RunArtifacts artifacts = open(directory, new Redaction(List.of()));
    artifacts.finish(SYSTEMS, Optional.of("com.example.OurMover"), Duration.ZERO, false);
    assertThat(json(directory.resolve("summary.json")).path("mover").asText())
        .isEqualTo("com.example.OurMover");
  }

  @Test
  void aCaseRunAgainCountsOnce() throws IOException {
    Path directory = folder.resolve("run");
    RunArtifacts artifacts = open(directory, new Redaction(List.of()));
    MatrixCase only = MATRIX.find(CASE).orElseThrow();
    artifacts.select(Map.of(only.id(), "suites.Matrix"));
    artifacts.report(new Reported("suites.Matrix", failing(only), Duration.ZERO));
    artifacts.finish(SYSTEMS, Optional.empty(), Duration.ZERO, false);
    assertThat(directory.resolve("failed.txt")).hasContent(CASE);
    assertThat(json(directory.resolve("summary.json")).has("mover")).isFalse();
    artifacts.report(new Reported("suites.Matrix", Results.good(only), Duration.ZERO));
    artifacts.finish(SYSTEMS, Optional.empty(), Duration.ZERO, false);
    assertThat(json(directory.resolve("summary.json")).path("verdicts").path("PASS").asInt())
        .isEqualTo(1);
    assertThat(directory.resolve("failed.txt")).isEmptyFile();
    assertThat(Files.readAllLines(directory.resolve("results.jsonl"))).hasSize(2);
  }

  @Test
  void aDifferenceIsWrittenOnlyWhereThereIsOne() throws IOException {
    Path directory = run("run", RunArtifactsTest::failing);
    List<String> diffs =
        files(directory).keySet().stream().filter(f -> f.endsWith("diff.json")).toList();
    assertThat(diffs).containsExactly(CASE + "/diff.json");
    JsonNode diff = json(directory.resolve(CASE).resolve("diff.json"));
    assertThat(diff.path("missing_rows").asLong()).isEqualTo(1);
    assertThat(diff.path("by_column").path("w001_smallint").asLong()).isEqualTo(3);
    assertThat(diff.path("cells").get(0).path("expected").asText()).isEqualTo("1");
  }

  @Test
  void behaviorTellsRoundsPhasesCountsAndChecks() throws IOException {
    JsonNode behavior = json(run("run", Results::good).resolve(CASE).resolve("behavior.json"));
    JsonNode round = behavior.path("rounds").get(0);
    assertThat(round.path("phases").get(1).toString())
        .isEqualTo(
            "{\"unit\":\"load\",\"phase\":\"load\",\"ended\":false,\"rows\":0,\"bytes\":0,\"checksum\":\"\"}");
    assertThat(round.path("counts").path("rows_moved").asLong()).isEqualTo(10);
    assertThat(round.path("checks").get(0).toString())
        .isEqualTo(
            "{\"check\":\"row_count\",\"outcome\":\"pass\",\"expected\":\"10\",\"actual\":\"10\"}");
    assertThat(behavior.path("rerun").asText()).contains("-Dmatrix.case=" + CASE);
  }

  @Test
  void aRejectionsContractSaysWhatToUseInstead() throws IOException {
    JsonNode contract = json(run("run", Results::good).resolve("mysql_to_kafka__xmin/case.json"));
    assertThat(contract.path("rejection").path("code").asText()).isEqualTo("source_has_no_xmin");
    assertThat(contract.path("rejection").path("instead").toString())
        .isEqualTo("[\"full_refresh\"]");
    assertThat(contract.path("manifest").path("deleted").asLong()).isEqualTo(500);
  }

  @Test
  void failedHoldsWhatDidNotSucceedAndWhatNeverEnded() throws IOException {
    Path directory = folder.resolve("run");
    RunArtifacts artifacts = open(directory, new Redaction(List.of()));
    artifacts.select(oneSuite());
    MATRIX.cases().stream()
        .skip(2)
        .forEach(c -> artifacts.report(new Reported("suites.Matrix", failing(c), Duration.ZERO)));
    artifacts.finish(SYSTEMS, Optional.empty(), Duration.ZERO, false);
    assertThat(Files.readAllLines(directory.resolve("failed.txt")))
        .containsExactly("postgres_to_postgres__full_refresh", "postgres_to_postgres__xmin", CASE);
    assertThat(artifacts.missing()).hasSize(2);
    assertThat(Files.readAllLines(directory.resolve("selected.txt"))).hasSize(18);
  }

  @Test
  void resultsAreALinePerCase() throws IOException {
    Path directory = run("run", RunArtifactsTest::failing);
    List<String> cases = new ArrayList<>();
    for (String line : Files.readAllLines(directory.resolve("results.jsonl"))) {
      cases.add(new JsonMapper().readTree(line).path("case").asText());
    }
    assertThat(cases).hasSize(18).doesNotHaveDuplicates().first().isEqualTo("kafka_to_kafka__scd2");
  }

  @Test
  void theSummaryForPeopleNamesFailuresWithTheirRerunLine() throws IOException {
    assertThat(Files.readString(run("run", RunArtifactsTest::failing).resolve("summary.md")))
        .contains("18 of 18 cases selected, seed 20260603")
        .contains("| full_refresh | 5 | 1 | 0 | 0 | 0 |")
        .contains("## FAIL " + CASE)
        .contains("rerun: mvn verify -Pmatrix-mock-contract -Dmatrix.case=" + CASE)
        .doesNotContain("interrupted");
  }

  // --- index

  @Test
  void theIndexHoldsEveryFileWithItsHashAndSize() throws Exception {
    Path directory = run("run", RunArtifactsTest::failing);
    Map<String, byte[]> files = files(directory);
    files.remove("artifact_index.json");
    JsonNode index = json(directory.resolve("artifact_index.json")).path("files");
    Map<String, String> indexed = new TreeMap<>();
    index.forEach(
        e ->
            indexed.put(
                e.path("path").asText(), e.path("sha256").asText() + " " + e.path("bytes")));
    Map<String, String> real = new TreeMap<>();
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(file.getValue());
      real.put(file.getKey(), HexFormat.of().formatHex(hash) + " " + file.getValue().length);
    }
    assertThat(indexed).isEqualTo(real).hasSize(18 * 4 + 1 + 3 + 6);
  }

  // --- credentials

  @Test
  void noCanarySecretIsInAnyFile() throws IOException {
    String registered = "canary-7f3a\"\\é";
    List<String> canaries =
        List.of("canary-7f3a", "canary-in-url", "canary-in-jdbc", "canary-assigned");
    SystemFailureException failure =
        new SystemFailureException(
            new Family("mysql"),
            "refused " + registered + " at postgres://u:canary-in-url@h/db",
            new IllegalStateException("jdbc:mysql://h/db?password=canary-in-jdbc"));
    Redaction redaction = new Redaction(List.of(registered));
    Path directory = folder.resolve("run");
    RunArtifacts artifacts = open(directory, redaction);
    artifacts.select(oneSuite());
    for (MatrixCase each : MATRIX.cases()) {
      Verdict verdict = each.supported() ? Verdict.FAIL : Verdict.UNKNOWN;
      CaseResult bare =
          Results.of(each, verdict, failure.getMessage() + " password: canary-assigned", failure);
      artifacts.report(new Reported("suites.Matrix", bare, Duration.ZERO));
      artifacts.threadDump(each.id(), "waiting for " + registered);
    }
    artifacts.finish(
        List.of(
            new SystemInfo(
                new Family("mysql"),
                "MySQL at jdbc:mysql://h/db?password=canary-in-jdbc",
                registered,
                EvidenceLevel.EXTERNAL)),
        Optional.empty(),
        Duration.ZERO,
        false);
    Map<String, byte[]> files = files(directory);
    assertThat(files).hasSizeGreaterThan(18 * 4);
    files.forEach(
        (name, content) ->
            assertThat(new String(content, StandardCharsets.UTF_8))
                .as(name)
                .doesNotContain(canaries));
    assertThat(
            new String(
                files.getOrDefault(CASE + "/timing.json", new byte[0]), StandardCharsets.UTF_8))
        .contains("SystemFailureException")
        .contains("***");
  }
}

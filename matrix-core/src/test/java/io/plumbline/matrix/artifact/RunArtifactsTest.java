package io.plumbline.matrix.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.plumbline.matrix.connector.EvidenceLevel;
import io.plumbline.matrix.connector.SystemFailureException;
import io.plumbline.matrix.connector.SystemInfo;
import io.plumbline.matrix.engine.Results;
import io.plumbline.matrix.oracle.Verdict;
import io.plumbline.matrix.registry.CaseId;
import io.plumbline.matrix.registry.Family;
import io.plumbline.matrix.registry.InvalidInputException;
import io.plumbline.matrix.registry.Matrix;
import io.plumbline.matrix.registry.MatrixCase;
import io.plumbline.matrix.run.CaseResult;
import io.plumbline.matrix.run.RerunLine;
import io.plumbline.matrix.run.RunSettings;
import io.plumbline.matrix.run.Settings;
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
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class RunArtifactsTest {
  private static final Matrix MATRIX =
      Matrix.read(
          "small.yaml",
          Objects.requireNonNull(
              RunArtifactsTest.class.getResourceAsStream(
                  "/io/plumbline/matrix/engine/small.yaml")));
  private static final List<SystemInfo> SYSTEMS =
      List.of(Results.info(new Family("postgres")), Results.info(new Family("kafka")));
  private static final String CASE = "mysql_to_postgres__full_refresh";

  @TempDir private Path folder = Path.of("");

  private static RunArtifacts open(Path artifacts, Redaction redaction) {
    RunSettings settings = settings(artifacts);
    return new RunArtifacts(settings, MATRIX, new RerunLine(settings, Matrix.CANONICAL), redaction);
  }

  private static RunSettings settings(Path artifacts) {
    return new Settings(Map.of("matrix.artifact-dir", artifacts.toString()), Map.of(), Map.of())
        .runSettings();
  }

  private Path run(String name, Function<MatrixCase, CaseResult> results) {
    return run(folder.resolve(name), new Redaction(List.of()), results);
  }

  private static Path run(
      Path directory, Redaction redaction, Function<MatrixCase, CaseResult> results) {
    RunArtifacts artifacts = open(directory, redaction);
    artifacts.select(
        MATRIX.cases().stream()
            .collect(Collectors.toMap(MatrixCase::id, RunArtifactsTest::suiteOf)));
    // Cases end in any order.
    List<MatrixCase> shuffled = new ArrayList<>(MATRIX.cases());
    java.util.Collections.reverse(shuffled);
    for (MatrixCase each : shuffled) {
      artifacts.report(
          new Reported(
              suiteOf(each),
              results.apply(each),
              Duration.ofNanos(System.nanoTime() % 1_000_000_000)));
    }
    artifacts.finish(SYSTEMS, Optional.empty(), Duration.ofMillis(1_234), false);
    return directory;
  }

  private static Map<CaseId, String> oneSuite() {
    return MATRIX.cases().stream().collect(Collectors.toMap(MatrixCase::id, c -> "suites.Matrix"));
  }

  private static String suiteOf(MatrixCase each) {
    return "suites." + each.id().source() + "Matrix";
  }

  private static CaseResult failing(MatrixCase each) {
    return each.id().toString().equals(CASE)
        ? Results.of(each, Verdict.FAIL, "row_count: expected 10, actual 9", null)
        : Results.good(each);
  }

  private static Map<String, byte[]> files(Path directory) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        files.put(
            directory.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
      }
    }
    return files;
  }

  private static JsonNode json(Path file) throws IOException {
    return new JsonMapper().readTree(file.toFile());
  }

  private static List<String> names(JsonNode node) {
    List<String> names = new ArrayList<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }

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

  // --- JUnit XML

  private static Document xml(Path file) throws Exception {
    return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
  }

  private static List<Element> elements(Document document, String name) {
    NodeList nodes = document.getElementsByTagName(name);
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      elements.add((Element) nodes.item(i));
    }
    return elements;
  }

  @Test
  void theXmlHasOneTestcasePerCaseInRegistryOrder() throws Exception {
    Path directory = run("run", RunArtifactsTest::failing);
    List<String> testcases = new ArrayList<>();
    for (String suite : List.of("postgres", "mysql", "kafka")) {
      Document document = xml(directory.resolve("junit/TEST-suites." + suite + "Matrix.xml"));
      elements(document, "testcase").forEach(t -> testcases.add(t.getAttribute("name")));
    }
    assertThat(testcases)
        .containsExactlyElementsOf(MATRIX.cases().stream().map(c -> c.id().toString()).toList());
  }

  @Test
  void theXmlTellsOutcomesAndProperties() throws Exception {
    Path directory =
        run(
            "run",
            c ->
                switch (c.id().toString()) {
                  case CASE -> Results.of(c, Verdict.FAIL, "a \u0000 control & <mark>", null);
                  case "mysql_to_kafka__full_refresh" ->
                      Results.of(
                          c,
                          Verdict.UNKNOWN,
                          "mysql: died",
                          new SystemFailureException(new Family("mysql"), "died"));
                  case "mysql_to_postgres__scd2" ->
                      Results.of(c, Verdict.SKIPPED, "no engine", null);
                  default -> Results.good(c);
                });
    Document document = xml(directory.resolve("junit/TEST-suites.mysqlMatrix.xml"));
    Element suite = document.getDocumentElement();
    assertThat(suite.getAttribute("tests")).isEqualTo("6");
    assertThat(suite.getAttribute("failures")).isEqualTo("1");
    assertThat(suite.getAttribute("errors")).isEqualTo("1");
    assertThat(suite.getAttribute("skipped")).isEqualTo("1");
    Element failure = elements(document, "failure").get(0);
    assertThat(failure.getAttribute("message")).isEqualTo("a \\u0000 control & <mark>");
    assertThat(failure.getTextContent()).contains("first difference: ").contains("rerun: mvn");
    assertThat(elements(document, "error").get(0).getAttribute("message")).isEqualTo("mysql: died");
    assertThat(elements(document, "skipped").get(0).getAttribute("message")).isEqualTo("no engine");
    Map<String, String> properties = new TreeMap<>();
    elements(document, "property").stream()
        .limit(4)
        .forEach(p -> properties.put(p.getAttribute("name"), p.getAttribute("value")));
    assertThat(properties)
        .containsEntry("verdict", "FAIL")
        .containsEntry("evidence", "contract")
        .containsEntry("seed", "20260603")
        .hasEntrySatisfying("rerun", r -> assertThat(r).startsWith("mvn verify "));
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

  // --- the directory

  @Test
  void whatAnEarlierRunLeftIsRemovedAndWhatItDidNotIsKept() throws IOException {
    Path directory = run("run", RunArtifactsTest::failing);
    Files.writeString(directory.resolve("notes.txt"), "mine");
    Files.writeString(directory.resolve(CASE).resolve("notes.txt"), "mine too");
    Files.createDirectories(directory.resolve("state"));
    open(directory, new Redaction(List.of()));
    assertThat(files(directory).keySet())
        .containsExactlyInAnyOrder(
            "artifact_index.json", "results.jsonl", "notes.txt", CASE + "/notes.txt");
    assertThat(directory.resolve("state")).isDirectory();
  }

  @Test
  void aFolderOfSomebodyElseIsRefusedAndLeftAlone() throws IOException {
    Path directory = Files.createDirectories(folder.resolve("home"));
    Files.writeString(directory.resolve("results.jsonl"), "not ours");
    assertThatThrownBy(() -> open(directory, new Redaction(List.of())))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "The artifact directory '%s' cannot be used: it has files that no run of Plumbline left there; allowed are an empty or new directory and that of an earlier run (matrix.artifact-dir)."
                .formatted(directory));
    assertThat(directory.resolve("results.jsonl")).hasContent("not ours");
  }

  @Test
  void aDirectoryBelowAFileIsRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "x");
    assertThatThrownBy(() -> ArtifactDirectory.requireUsable(file.resolve("below")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("'" + file + "' is not a directory that can be written");
  }

  @Test
  void aDirectoryThatMayNotBeWrittenIsRefused() throws IOException {
    Path directory = Files.createDirectories(folder.resolve("locked"));
    assumeThat(directory.toFile().setWritable(false)).isTrue();
    // The super-user may write everywhere.
    assumeThat(Files.isWritable(directory)).isFalse();
    assertThatThrownBy(() -> ArtifactDirectory.requireUsable(directory))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("is not a directory that can be written");
  }

  @Test
  void aWriteThatFailsIsOneSentence() throws IOException {
    Path directory = folder.resolve("run");
    ArtifactDirectory artifacts = ArtifactDirectory.open(directory, new Redaction(List.of()));
    Files.writeString(directory.resolve(CASE), "a file where a folder has to be");
    assertThatThrownBy(() -> artifacts.text(CASE + "/thread-dump.txt", "x"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("The artifact '" + CASE + "/thread-dump.txt' cannot be written");
  }

  @Test
  void noPartIsLeftBehind() throws IOException {
    assertThat(files(run("run", RunArtifactsTest::failing)).keySet())
        .noneMatch(f -> f.endsWith(".part"));
  }
}

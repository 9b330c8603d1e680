package io.plumbline.matrix.artifact;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.plumbline.matrix.connector.SystemInfo;
import io.plumbline.matrix.engine.Results;
import io.plumbline.matrix.oracle.Verdict;
import io.plumbline.matrix.registry.CaseId;
import io.plumbline.matrix.registry.Family;
import io.plumbline.matrix.registry.Matrix;
import io.plumbline.matrix.registry.MatrixCase;
import io.plumbline.matrix.run.CaseResult;
import io.plumbline.matrix.run.RerunLine;
import io.plumbline.matrix.run.RunSettings;
import io.plumbline.matrix.run.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;

/** Runs of a small matrix that leave their artifacts in a folder of the test. */
abstract class ArtifactsOfASmallRun {
  static final Matrix MATRIX =
      Matrix.read(
          "small.yaml",
          Objects.requireNonNull(
              RunArtifactsTest.class.getResourceAsStream(
                  "/io/plumbline/matrix/engine/small.yaml")));
  static final List<SystemInfo> SYSTEMS =
      List.of(Results.info(new Family("postgres")), Results.info(new Family("kafka")));
  static final String CASE = "mysql_to_postgres__full_refresh";

  @TempDir Path folder = Path.of("");

  static RunArtifacts open(Path artifacts, Redaction redaction) {
    RunSettings settings = settings(artifacts);
    return new RunArtifacts(settings, MATRIX, new RerunLine(settings, Matrix.CANONICAL), redaction);
  }

  static RunSettings settings(Path artifacts) {
    return new Settings(Map.of("matrix.artifact-dir", artifacts.toString()), Map.of(), Map.of())
        .runSettings();
  }

  Path run(String name, Function<MatrixCase, CaseResult> results) {
    return run(folder.resolve(name), new Redaction(List.of()), results);
  }

  static Path run(Path directory, Redaction redaction, Function<MatrixCase, CaseResult> results) {
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

  static Map<CaseId, String> oneSuite() {
    return MATRIX.cases().stream().collect(Collectors.toMap(MatrixCase::id, c -> "suites.Matrix"));
  }

  static String suiteOf(MatrixCase each) {
    return "suites." + each.id().source() + "Matrix";
  }

  static CaseResult failing(MatrixCase each) {
    return each.id().toString().equals(CASE)
        ? Results.of(each, Verdict.FAIL, "row_count: expected 10, actual 9", null)
        : Results.good(each);
  }

  static Map<String, byte[]> files(Path directory) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        files.put(
            directory.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
      }
    }
    return files;
  }

  static JsonNode json(Path file) throws IOException {
    return new JsonMapper().readTree(file.toFile());
  }

  static List<String> names(JsonNode node) {
    List<String> names = new ArrayList<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }
}

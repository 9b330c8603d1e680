package io.plumbline.matrix.cases;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.matrix.lab.Deadline;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * A run on real engines in a JVM of its own: what it leaves, however it ends. In threads of their
 * own, because who reads what a process prints cannot be interrupted.
 */
@Execution(ExecutionMode.CONCURRENT)
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WholeRunTest {
  private static final String EVERY_ENGINE =
      "postgres_to_clickhouse__replace,mysql_to_kafka__replace,kafka_to_postgres__replace";

  @TempDir Path folder = Path.of("");

  /** The JVM of the run. */
  static final class Run {
    private Run() {}

    public static void main(String[] arguments) {
      try (LauncherSession session = LauncherFactory.openSession()) {
        session
            .getLauncher()
            .execute(
                LauncherDiscoveryRequestBuilder.request()
                    .selectors(
                        DiscoverySelectors.selectClass(ApiSourceMatrix.class),
                        DiscoverySelectors.selectClass(PostgresSourceMatrix.class),
                        DiscoverySelectors.selectClass(MysqlSourceMatrix.class),
                        DiscoverySelectors.selectClass(KafkaSourceMatrix.class))
                    .build());
      }
    }
  }

  /** Ends a run that a test gave up, and its engines, of which not all are its descendants. */
  @AfterEach
  void endWhatIsLeft() {
    left().forEach(ProcessHandle::destroyForcibly);
    assertThat(Deadline.in(Duration.ofSeconds(20)).await(() -> left().isEmpty())).isTrue();
  }

  @Test
  void oneThatEndsLeavesNothing() throws Exception {
    assertThat(printed(run(EVERY_ENGINE, Map.of()), line -> false))
        .anyMatch(line -> line.startsWith("Plumbline: 3 PASS, 0 FAIL, 0 UNKNOWN,"));
    assertNothingIsLeft();
  }

  @Test
  void oneThatIsTerminatedKeepsItsResultsAndLeavesNothing() throws Exception {
    List<String> lines =
        printed(
            run("*_to_kafka__*,*_to_clickhouse__*,*_to_postgres__*", Map.of()),
            line -> line.contains("PASS"));
    assertThat(lines).contains("Plumbline: the run was interrupted.");
    assertThat(Files.readAllLines(folder.resolve("artifacts/results.jsonl"))).isNotEmpty();
    assertThat(Files.readString(folder.resolve("artifacts/summary.json")))
        .contains("\"interrupted\" : true");
    assertNothingIsLeft();
  }

  @Test
  void oneWhoseSystemCannotBeReachedFailsItsCasesByNameAndLeavesNothing() throws Exception {
    List<String> lines =
        printed(
            run(
                EVERY_ENGINE,
                Map.of(
                    "MATRIX_SYSTEM_KAFKA",
                    "external",
                    "MATRIX_KAFKA_URL",
                    "localhost:1",
                    "MATRIX_TIMEOUT_PHASE",
                    "20s")),
            line -> false);
    assertThat(lines)
        .anyMatch(line -> line.startsWith("Plumbline: 1 PASS, 0 FAIL, 2 UNKNOWN,"))
        .anyMatch(line -> line.contains("kafka: "));
    assertNothingIsLeft();
  }

  @Test
  void casesWithoutTheLibraryOfClickhouseAreSkippedAndCounted() throws Exception {
    List<String> lines =
        printed(
            run(
                "api_to_clickhouse__replace,api_to_kafka__replace",
                Map.of("PATH", "", "XDG_CACHE_HOME", folder.resolve("cache").toString())),
            line -> false);
    assertThat(lines)
        .anyMatch(line -> line.startsWith("Plumbline: 1 PASS, 0 FAIL, 0 UNKNOWN,"))
        .anyMatch(
            line ->
                line.contains("SKIPPED 1 of 2 cases: clickhouse: the engine's library is missing.")
                    && line.contains("install npm"));
    assertNothingIsLeft();
  }

  private Process run(String cases, Map<String, String> environment) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:TieredStopAtLevel=1",
            "-Djava.io.tmpdir=" + Files.createDirectories(folder.resolve("tmp")),
            "-Dmatrix.run-mode=mock_local",
            "-Dmatrix.rows=1000",
            "-Dmatrix.case=" + cases,
            "-Dmatrix.artifact-dir=" + folder.resolve("artifacts"),
            "-cp",
            System.getProperty("java.class.path"),
            Run.class.getName()));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    // A shell that names images for real_local runs these tests, too.
    builder.environment().keySet().removeIf(name -> name.startsWith("MATRIX_IMAGE_"));
    builder.environment().putAll(environment);
    return builder.start();
  }

  /** What a run prints; it is terminated after a line. */
  private static List<String> printed(Process run, Predicate<String> last)
      throws IOException, InterruptedException {
    List<String> lines = new ArrayList<>();
    boolean terminated = false;
    try (BufferedReader output = run.inputReader(StandardCharsets.UTF_8)) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        lines.add(line);
        if (!terminated && last.test(line)) {
          terminated = true;
          run.toHandle().destroy(); // unlike destroy(), leaves its output open
        }
      }
    }
    assertThat(lines).noneMatch(line -> line.startsWith("\tat "));
    assertThat(run.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return lines;
  }

  /** Processes that name the run's folder. */
  private List<ProcessHandle> left() {
    return ProcessHandle.allProcesses()
        .filter(process -> process.info().commandLine().orElse("").contains(folder.toString()))
        .toList();
  }

  /** No process, and no file in the run's place for temporary ones. */
  private void assertNothingIsLeft() throws IOException {
    assertThat(left()).extracting(process -> process.info().commandLine()).isEmpty();
    try (Stream<Path> files = Files.list(folder.resolve("tmp"))) {
      assertThat(files).isEmpty();
    }
  }
}

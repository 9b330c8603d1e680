package io.plumbline.matrix.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.matrix.engine.suites.SmallMatrix;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.testkit.engine.EngineTestKit;

/**
 * A JVM that is told to end, as by Ctrl-C, in the middle of a run. In a thread of its own, because
 * who reads what a process prints cannot be interrupted.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class InterruptionTest {
  private volatile @Nullable Process started;

  /** Runs the small matrix; the third case never ends. */
  static final class Victim {
    private Victim() {}

    @SuppressWarnings("SystemOut") // the parent reads it
    public static void main(String[] arguments) {
      CountDownLatch never = new CountDownLatch(1);
      FakeRun run =
          new FakeRun(
              c -> {
                if (c.id().toString().equals("postgres_to_postgres__scd2")) {
                  System.out.println("BLOCKED");
                  never.await();
                }
                return Results.good(c);
              });
      run.whenClosed =
          () -> {
            System.out.println("SYSTEMS STOPPED");
            IllegalStateException first = new IllegalStateException("One stayed.");
            first.addSuppressed(new IllegalStateException("Another stayed."));
            throw first;
          };
      EngineTestKit.engine(
              new PlumblineEngine(
                  new Surroundings(
                      Map.of("matrix.artifact-dir", arguments[0], "matrix.parallelism", "1"),
                      Map.of(),
                      System.out,
                      run)))
          .selectors(DiscoverySelectors.selectClass(SmallMatrix.class))
          .execute();
    }
  }

  /** One that did not end. */
  @AfterEach
  void endVictim() {
    Process victim = started;
    if (victim != null) {
      victim.destroyForcibly();
    }
  }

  @Test
  void keepsTheResultsSoFarAndStopsTheSystems(@TempDir Path folder) throws Exception {
    Path artifacts = folder.resolve("artifacts");
    Process victim =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Victim.class.getName(),
                artifacts.toString())
            .redirectErrorStream(true)
            .start();
    started = victim;
    String printed = printedUntilTheEnd(victim);
    assertThat(victim.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(printed)
        .contains("Plumbline: the run was interrupted.")
        .contains("NOT RUN kafka_to_kafka__scd2")
        .containsOnlyOnce("SYSTEMS STOPPED")
        .contains("Not everything was removed: One stayed.\n")
        .contains("Not everything was removed: Another stayed.\n")
        .doesNotContain("\tat ");
    assertThat(Files.readString(artifacts.resolve("summary.json")))
        .contains("\"interrupted\" : true")
        .contains("\"selected\" : 18")
        .contains("\"PASS\" : 2,");
    assertThat(Files.readString(artifacts.resolve("summary.md"))).contains("was interrupted");
    assertThat(Files.readAllLines(artifacts.resolve("results.jsonl"))).hasSize(2);
    assertThat(Files.readAllLines(artifacts.resolve("failed.txt"))).hasSize(16);
  }

  private static String printedUntilTheEnd(Process victim) throws IOException {
    StringBuilder printed = new StringBuilder();
    try (BufferedReader lines = victim.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        printed.append(line).append('\n');
        if (line.equals("BLOCKED")) {
          victim.toHandle().destroy(); // unlike destroy(), leaves its output open
        }
      }
    }
    return printed.toString();
  }
}

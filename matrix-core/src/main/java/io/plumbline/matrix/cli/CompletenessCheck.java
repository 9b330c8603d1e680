package io.plumbline.matrix.cli;

import io.plumbline.matrix.registry.Matrix;
import io.plumbline.matrix.run.Setting;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.apiguardian.api.API;

/**
 * The last step of a build that ran a matrix: fails it when a case vanished, or nothing ran. Reads
 * the settings of the run from the same places as the run.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class CompletenessCheck {
  private static final int REGISTRY = 4;

  private CompletenessCheck() {}

  /**
   * Throws when a case vanished, because it runs inside the build tool's JVM.
   *
   * @param arguments folder of the build tool's reports, working directory and run mode of the run,
   *     when the build began (UTC, e.g. {@code 2026-06-03T12:00:00Z}), and the registry as a
   *     resource of the class path, when it is not the canonical one
   */
  public static void main(String... arguments) {
    FinishedRun run = FinishedRun.of(arguments[1], arguments[2]);
    boolean exact =
        Stream.of("groups", "excludedGroups", "test", "it.test")
                .noneMatch(run.properties()::containsKey)
            && !overwritten(run, Path.of(arguments[1]));
    String registry = arguments.length > REGISTRY ? arguments[REGISTRY] : Matrix.CANONICAL;
    List<String> expected =
        exact
            ? run
                .settings()
                .selection()
                .select(run.settings().expand(Matrix.ofClassPath(registry)))
                .stream()
                .map(c -> c.id().toString())
                .toList()
            : List.of();
    List<String> problems =
        new Completeness(run.artifacts(), Instant.parse(arguments[3]))
            .problems(expected, exact, Path.of(arguments[0]));
    if (!problems.isEmpty()) {
      throw new IllegalStateException("The matrix is not complete. " + String.join(" ", problems));
    }
  }

  /** The run itself wrote failed.txt since it read it, so that it no longer says what was asked. */
  private static boolean overwritten(FinishedRun run, Path workingDirectory) {
    return workingDirectory
        .resolve(run.settings().value(Setting.CASES_FILE).text())
        .toAbsolutePath()
        .normalize()
        .startsWith(run.artifacts());
  }
}

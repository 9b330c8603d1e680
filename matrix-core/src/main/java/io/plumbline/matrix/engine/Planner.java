package io.plumbline.matrix.engine;

import io.plumbline.matrix.artifact.ArtifactDirectory;
import io.plumbline.matrix.registry.InvalidInputException;
import io.plumbline.matrix.registry.Matrix;
import io.plumbline.matrix.run.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Makes plans; parses each registry once, however often discovery runs. */
final class Planner {
  private final Map<String, Matrix> registries = new ConcurrentHashMap<>();

  /**
   * The plan for a registry.
   *
   * @throws InvalidInputException when settings, registry or artifact directory are not valid
   */
  Plan plan(String registry, Supplier<Settings> reading) {
    Settings settings = reading.get();
    Matrix matrix = registries.computeIfAbsent(registry, Planner::read);
    ArtifactDirectory.requireUsable(settings.runSettings().artifactDirectory());
    return new Plan(registry, matrix, settings, settings.selection().select(matrix));
  }

  private static Matrix read(String registry) {
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    try (InputStream yaml = loader.getResourceAsStream(registry)) {
      if (yaml == null) {
        throw new InvalidInputException(
            "The registry '%s' is not on the class path; allowed are class-path resources, e.g. %s of plumbline-matrix-cases."
                .formatted(registry, MatrixSuite.CANONICAL_REGISTRY));
      }
      return Matrix.read(registry, yaml);
    } catch (IOException e) {
      throw new InvalidInputException(
          "The registry '%s' cannot be read (%s); allowed are class-path resources."
              .formatted(registry, e.getMessage()),
          e);
    }
  }
}

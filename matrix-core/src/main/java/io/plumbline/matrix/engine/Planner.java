package io.plumbline.matrix.engine;

import io.plumbline.matrix.artifact.ArtifactDirectory;
import io.plumbline.matrix.registry.InvalidInputException;
import io.plumbline.matrix.registry.Matrix;
import io.plumbline.matrix.registry.MatrixCase;
import io.plumbline.matrix.run.Manifest;
import io.plumbline.matrix.run.Settings;
import java.util.List;
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
    Matrix matrix = settings.expand(registries.computeIfAbsent(registry, Matrix::ofClassPath));
    ArtifactDirectory.requireUsable(settings.runSettings().artifactDirectory());
    List<MatrixCase> selected = settings.selection().select(matrix);
    settings.manifest().ifPresent(m -> requireTrue(m, matrix, settings));
    return new Plan(registry, matrix, settings, selected);
  }

  private static void requireTrue(Manifest manifest, Matrix matrix, Settings settings) {
    matrix
        .find(manifest.caseId())
        .map(c -> Manifest.of(c, settings.runSettings()))
        .ifPresent(manifest::requireAgreementWith);
  }
}

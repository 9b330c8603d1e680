package io.plumbline.matrix.cases;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.matrix.registry.Matrix;
import io.plumbline.matrix.registry.MatrixCase;
import io.plumbline.matrix.run.Manifest;
import io.plumbline.matrix.run.RunSettings;
import io.plumbline.matrix.run.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestsTest {
  private static final Matrix MATRIX = Matrix.ofClassPath(Matrix.CANONICAL);

  @Test
  void everyCaseHasAManifestThatRunsIt(@TempDir Path folder) throws IOException {
    RunSettings defaults = new Settings(Map.of(), Map.of(), Map.of()).runSettings();
    assertThat(MATRIX.cases()).hasSize(300);
    for (MatrixCase each : MATRIX.cases()) {
      Manifest written = Manifest.of(each, defaults);
      Path file = Files.writeString(folder.resolve(each.id() + ".yaml"), written.yaml());
      Settings settings =
          new Settings(Map.of("matrix.manifest", file.toString()), Map.of(), Map.of());
      Manifest read = settings.manifest().orElseThrow();
      read.requireAgreementWith(written);
      assertThat(read.yaml()).isEqualTo(written.yaml());
      assertThat(settings.runSettings()).isEqualTo(defaults);
      assertThat(settings.selection().select(MATRIX)).containsExactly(each);
    }
  }
}

package io.plumbline.matrix.engine;

import io.plumbline.matrix.registry.Matrix;
import io.plumbline.matrix.registry.MatrixCase;
import io.plumbline.matrix.run.Settings;
import java.util.List;

/**
 * What a request is about.
 *
 * @param registry the registry's resource
 * @param matrix what is in it
 * @param settings what the run was told
 * @param selected the cases that the settings select
 */
record Plan(String registry, Matrix matrix, Settings settings, List<MatrixCase> selected) {

  /** Equal for requests that share a run. */
  String key() {
    return registry + " " + settings.shown();
  }
}

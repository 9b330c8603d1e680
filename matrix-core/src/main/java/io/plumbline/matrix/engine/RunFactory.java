package io.plumbline.matrix.engine;

import io.plumbline.matrix.registry.Matrix;
import io.plumbline.matrix.run.MatrixRun;
import io.plumbline.matrix.run.Progress;
import io.plumbline.matrix.run.RunSettings;
import org.apiguardian.api.API;

/** Makes the run that executes the cases; starts nothing by itself. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
@FunctionalInterface
public interface RunFactory {
  /**
   * A run on the given settings.
   *
   * @param progress is told what a long case is doing
   */
  MatrixRun create(RunSettings settings, Matrix matrix, Progress progress);
}

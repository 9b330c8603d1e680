package io.plumbline.matrix.engine;

import io.plumbline.matrix.registry.InvalidInputException;
import io.plumbline.matrix.registry.Matrix;
import io.plumbline.matrix.run.MatrixRun;
import io.plumbline.matrix.run.RunSettings;

/** The run that Plumbline brings, on the connectors of the class path. */
enum StandardRuns implements RunFactory {
  INSTANCE;

  @Override
  public MatrixRun create(RunSettings settings, Matrix matrix) {
    throw new InvalidInputException("There is no standard run yet; bring a RunFactory.");
  }
}

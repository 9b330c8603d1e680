package io.plumbline.matrix.engine.suites;

import io.plumbline.matrix.engine.MatrixSuite;

/** The small registry as one suite. */
@MatrixSuite(registry = SmallMatrix.REGISTRY)
public final class SmallMatrix {
  /** Its resource. */
  public static final String REGISTRY = "io/plumbline/matrix/engine/small.yaml";

  private SmallMatrix() {}
}

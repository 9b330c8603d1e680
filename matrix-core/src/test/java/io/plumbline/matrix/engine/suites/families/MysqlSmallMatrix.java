package io.plumbline.matrix.engine.suites.families;

import io.plumbline.matrix.engine.MatrixSuite;
import io.plumbline.matrix.engine.suites.SmallMatrix;

/** The cases of the small registry whose source is mysql. */
@MatrixSuite(source = "mysql", registry = SmallMatrix.REGISTRY)
public final class MysqlSmallMatrix {
  private MysqlSmallMatrix() {}
}

package io.plumbline.matrix.cases;

import io.plumbline.matrix.engine.MatrixSuite;

/** Every case whose source is api. */
@MatrixSuite(source = "api")
final class ApiSourceMatrix {
  private ApiSourceMatrix() {}
}

package io.plumbline.matrix.cases;

import io.plumbline.matrix.engine.MatrixSuite;

/** Every case whose source is postgres. */
@MatrixSuite(source = "postgres")
final class PostgresSourceMatrix {
  private PostgresSourceMatrix() {}
}

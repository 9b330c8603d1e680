package io.plumbline.matrix.cases;

import io.plumbline.matrix.engine.MatrixSuite;

/** Every case whose source is mssql. */
@MatrixSuite(source = "mssql")
final class MssqlSourceMatrix {
  private MssqlSourceMatrix() {}
}

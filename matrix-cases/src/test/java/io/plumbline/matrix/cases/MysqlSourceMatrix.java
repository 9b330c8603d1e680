package io.plumbline.matrix.cases;

import io.plumbline.matrix.engine.MatrixSuite;

/** Every case whose source is mysql. */
@MatrixSuite(source = "mysql")
final class MysqlSourceMatrix {
  private MysqlSourceMatrix() {}
}

package io.plumbline.matrix.cases;

import io.plumbline.matrix.engine.MatrixSuite;

/** Every case whose source is clickhouse. */
@MatrixSuite(source = "clickhouse")
final class ClickhouseSourceMatrix {
  private ClickhouseSourceMatrix() {}
}

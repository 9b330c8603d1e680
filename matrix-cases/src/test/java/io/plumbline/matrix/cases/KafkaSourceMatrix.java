package io.plumbline.matrix.cases;

import io.plumbline.matrix.engine.MatrixSuite;

/** Every case whose source is kafka. */
@MatrixSuite(source = "kafka")
final class KafkaSourceMatrix {
  private KafkaSourceMatrix() {}
}

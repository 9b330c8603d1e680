package io.plumbline.matrix.engine;

/** The canonical registry as one suite; what {@code case:} selectors without a suite refer to. */
@MatrixSuite
public final class WholeMatrix {
  private WholeMatrix() {}
}

package io.plumbline.matrix.engine;

import org.apiguardian.api.API;

/** The canonical registry as one suite; what {@code case:} selectors without a suite refer to. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
@MatrixSuite
public final class WholeMatrix {
  private WholeMatrix() {}
}

package io.plumbline.connector.api;

import io.plumbline.matrix.connector.RunningSystem;
import io.plumbline.matrix.connector.SystemProvider;
import io.plumbline.matrix.registry.RunMode;
import java.nio.file.Path;

/** The fixture's own server, in this JVM; there is no product that it could stand in for. */
final class FixtureApiProvider implements SystemProvider {
  private static final long SEED = 20260603L;

  @Override
  public boolean serves(RunMode mode) {
    return mode != RunMode.MOCK_CONTRACT;
  }

  @Override
  public RunningSystem start(Path workDirectory) {
    return new ApiSystem(FixtureApi.start(Faults.nowAndThen(SEED)), Retry.standard());
  }
}

package io.plumbline.matrix.cases;

import io.plumbline.matrix.dataset.Volume;
import io.plumbline.matrix.registry.Matrix;
import io.plumbline.matrix.registry.RunMode;
import io.plumbline.matrix.run.RunSettings;
import io.plumbline.matrix.run.StandardRun;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;

/** Runs of the canonical registry with few and narrow rows. */
final class SmallRun {
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final int WIDE_COLUMNS = 12;
  private static final long SEED = 20260603L;

  private SmallRun() {}

  /** A run of all families; nothing is started yet. */
  static StandardRun of(RunMode mode, long rows, Path artifacts) {
    Volume volume =
        new Volume(rows, new BigDecimal("0.20"), new BigDecimal("0.05"), WIDE_COLUMNS, SEED);
    return new StandardRun(
        new RunSettings(mode, volume, artifacts, 1, LIMIT, LIMIT),
        Matrix.ofClassPath(Matrix.CANONICAL),
        Families.all());
  }
}

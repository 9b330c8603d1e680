package io.plumbline.matrix.defect;

import io.plumbline.matrix.connector.Connector;
import io.plumbline.matrix.connector.RunningSystem;
import io.plumbline.matrix.dataset.Volume;
import io.plumbline.matrix.mover.ReferenceMover;
import io.plumbline.matrix.registry.Matrix;
import io.plumbline.matrix.registry.RunMode;
import io.plumbline.matrix.run.Progress;
import io.plumbline.matrix.run.RunSettings;
import io.plumbline.matrix.run.StandardRun;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;

/**
 * Runs of mock_contract in which something is broken.
 *
 * @param threads cases at once
 */
record MemoryRuns(Matrix matrix, List<Connector> connectors, Volume volume, int threads) {
  private static final Duration LIMIT = Duration.ofMinutes(5);

  MemoryRuns {
    connectors = List.copyOf(connectors);
  }

  /** A run on systems of the caller's. */
  StandardRun on(Function<Connector, RunningSystem> systems) {
    return new StandardRun(
        new RunSettings(RunMode.MOCK_CONTRACT, volume, Path.of(""), threads, LIMIT, LIMIT),
        matrix,
        connectors,
        new ReferenceMover(),
        InstantSource.system(),
        Progress.SILENT,
        systems);
  }
}

package io.plumbline.connector.clickhouse;

import io.plumbline.matrix.connector.EvidenceLevel;
import io.plumbline.matrix.connector.RunningSystem;
import io.plumbline.matrix.connector.SystemProvider;
import io.plumbline.matrix.registry.RunMode;
import java.nio.file.Path;

/** The real engine as a library, in a child process that the run starts. */
final class ChdbProvider implements SystemProvider {
  private final ChdbLibrary library;

  ChdbProvider(ChdbLibrary library) {
    this.library = library;
  }

  @Override
  public boolean serves(RunMode mode) {
    return mode == RunMode.MOCK_LOCAL;
  }

  @Override
  public RunningSystem start(Path workDirectory) {
    ChdbProcess process = ChdbProcess.start(library.file(), workDirectory.resolve("chdb"));
    try {
      return new ClickhouseSystem(process.endpoint(), EvidenceLevel.EMBEDDED, process::close);
    } catch (RuntimeException e) {
      try (process) {
        throw e;
      }
    }
  }
}

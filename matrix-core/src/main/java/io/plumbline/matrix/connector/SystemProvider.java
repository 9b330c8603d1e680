package io.plumbline.matrix.connector;

import io.plumbline.matrix.registry.RunMode;
import java.nio.file.Path;

/** A way to get a real system of a family for a run. */
public interface SystemProvider {

  /** True when it serves this run mode. */
  boolean serves(RunMode mode);

  /**
   * Starts the system (or connects to it).
   *
   * @param workDirectory a folder of the run for the system's files; removed by the run afterwards
   * @throws SystemFailureException when it is there but does not work
   * @throws SystemUnavailableException when it cannot be had on this machine
   */
  RunningSystem start(Path workDirectory);
}

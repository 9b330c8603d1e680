package io.plumbline.matrix.connector;

import io.plumbline.matrix.registry.RunMode;
import java.nio.file.Path;
import java.util.function.Function;
import org.apiguardian.api.API;

/** A way to get a real system of a family for a run. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public interface SystemProvider {

  /** A provider for one run mode. */
  static SystemProvider of(RunMode served, Function<Path, RunningSystem> start) {
    return new SystemProvider() {
      @Override
      public boolean serves(RunMode mode) {
        return mode == served;
      }

      @Override
      public RunningSystem start(Path workDirectory) {
        return start.apply(workDirectory);
      }
    };
  }

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

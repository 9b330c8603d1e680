package io.plumbline.matrix.run;

import io.plumbline.matrix.dataset.Volume;
import io.plumbline.matrix.registry.RunMode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apiguardian.api.API;

/**
 * What a run is told, apart from the selection of its cases.
 *
 * @param mode on what systems live
 * @param volume the documented volume
 * @param artifactDirectory where the run writes
 * @param parallelism cases at once, at least 1
 * @param caseTimeout the most a case may take
 * @param phaseTimeout the most a phase of a case may take
 * @param systems what it is told of its systems
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public record RunSettings(
    RunMode mode,
    Volume volume,
    Path artifactDirectory,
    int parallelism,
    Duration caseTimeout,
    Duration phaseTimeout,
    SystemSettings systems) {

  /** Settings of a run that starts all its systems. */
  public RunSettings(
      RunMode mode,
      Volume volume,
      Path artifactDirectory,
      int parallelism,
      Duration caseTimeout,
      Duration phaseTimeout) {
    this(
        mode,
        volume,
        artifactDirectory,
        parallelism,
        caseTimeout,
        phaseTimeout,
        SystemSettings.of(mode, Map.of()));
  }
}

package io.plumbline.matrix.run;

import io.plumbline.matrix.connector.ExternalEndpoint;
import io.plumbline.matrix.registry.Family;
import io.plumbline.matrix.registry.RunMode;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apiguardian.api.API;

/**
 * What a run is told of its systems.
 *
 * @param external families whose systems are there already; all others are started by the run
 * @param images families whose container is of another image than usual
 * @param versions families whose cases are repeated per version, in real_local
 * @param missing what becomes of cases whose system cannot be had
 * @param startTimeout the most a container may take until it is ready
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public record SystemSettings(
    Map<Family, ExternalEndpoint> external,
    Map<Family, String> images,
    Map<Family, List<String>> versions,
    Missing missing,
    Duration startTimeout) {

  /** Keeps unmodifiable copies. */
  public SystemSettings {
    external = Map.copyOf(external);
    images = Map.copyOf(images);
    versions = Map.copyOf(versions);
  }

  /** Systems of one version each. */
  public SystemSettings(
      Map<Family, ExternalEndpoint> external,
      Map<Family, String> images,
      Missing missing,
      Duration startTimeout) {
    this(external, images, Map.of(), missing, startTimeout);
  }

  /** Systems of which nothing was said but which are there already. */
  public static SystemSettings of(RunMode mode, Map<Family, ExternalEndpoint> external) {
    return new SystemSettings(external, Map.of(), Missing.usual(mode), Duration.ofMinutes(2));
  }

  /** What becomes of cases whose system cannot be had on this machine. */
  public enum Missing {
    /** An error each: what was asked for was not done. */
    ERROR,
    /** Skipped, and counted. */
    SKIP;

    /**
     * Engines of mock_local are a matter of platform and luck; who asks for real_local has to have
     * them.
     */
    static Missing usual(RunMode mode) {
      return mode == RunMode.REAL_LOCAL ? ERROR : SKIP;
    }

    static Optional<Missing> of(String id) {
      return Arrays.stream(values()).filter(m -> m.id().equals(id)).findFirst();
    }

    /** The name used in settings. */
    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}

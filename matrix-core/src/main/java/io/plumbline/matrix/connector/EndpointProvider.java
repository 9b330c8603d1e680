package io.plumbline.matrix.connector;

import io.plumbline.matrix.registry.Family;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.apiguardian.api.API;

/**
 * Starts real systems of which a connector needs to know no more than the address, e.g. containers;
 * found by {@link java.util.ServiceLoader}. In real_local it is asked for every family whose
 * connector starts none by itself and for which no server was named. To the connector its systems
 * are like any {@linkplain Connector#connect external} one. Used by several threads at once.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public interface EndpointProvider {

  /**
   * What a run asks for.
   *
   * @param family whose system is wanted
   * @param image another image than the provider's own
   * @param version the image's tag, whatever other image is named; empty for the image's own
   * @param deadline the most it may take until the system is ready
   */
  record Request(
      Family family, Optional<String> image, Optional<String> version, Duration deadline) {

    /** A request for whichever version the image is of. */
    public Request(Family family, Optional<String> image, Duration deadline) {
      this(family, image, Optional.empty(), deadline);
    }
  }

  /** The families that it can start. */
  Set<Family> families();

  /**
   * Starts a system and waits until it is ready.
   *
   * @throws SystemUnavailableException when what it is started from cannot be had: no engine, no
   *     image
   * @throws SystemFailureException when it was started and is not ready in time
   */
  StartedEndpoint start(Request request);
}

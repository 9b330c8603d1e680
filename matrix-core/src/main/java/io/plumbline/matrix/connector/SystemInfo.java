package io.plumbline.matrix.connector;

import io.plumbline.matrix.registry.Family;
import java.util.Optional;
import org.apiguardian.api.API;

/**
 * What a system really is, as it told itself where it can.
 *
 * @param image what a container was started from; empty for everything else
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public record SystemInfo(
    Family family, String product, String version, EvidenceLevel level, Optional<String> image) {

  /** A system that is no container. */
  public SystemInfo(Family family, String product, String version, EvidenceLevel level) {
    this(family, product, version, level, Optional.empty());
  }
}

package io.plumbline.matrix.connector;

import java.util.Locale;
import org.apiguardian.api.API;

/** What a result may claim, weakest first; a case has the weakest of its two systems. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public enum EvidenceLevel {
  /** In memory, by declaration. */
  CONTRACT,
  /** Another product plays the system. */
  STAND_IN,
  /** The real engine, embedded. */
  EMBEDDED,
  /** The real engine in a container. */
  CONTAINER,
  /** An endpoint that was already there. */
  EXTERNAL;

  /** The name used in artifacts. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}

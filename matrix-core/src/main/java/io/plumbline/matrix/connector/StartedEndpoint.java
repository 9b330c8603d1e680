package io.plumbline.matrix.connector;

import org.apiguardian.api.API;

/** A system that was started for a run, and where it is. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public interface StartedEndpoint extends AutoCloseable {

  /** How a connector reaches it. */
  ExternalEndpoint endpoint();

  /**
   * What the system may claim to be.
   *
   * @param told what it told of itself, as if it had been there before
   */
  SystemInfo info(SystemInfo told);

  /** Removes the system and all that is in it. */
  @Override
  void close();
}

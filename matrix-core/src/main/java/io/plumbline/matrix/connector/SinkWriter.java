package io.plumbline.matrix.connector;

import org.apiguardian.api.API;

/** The mover's side of a sink. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public interface SinkWriter {

  /**
   * Begins a load; creates the target when it does not exist.
   *
   * @throws SystemFailureException when the system failed, or another session holds the target
   */
  Load begin(LoadPlan plan);
}

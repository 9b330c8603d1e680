package io.plumbline.matrix.mover;

import org.apiguardian.api.API;

/**
 * Moves data from a source to a sink, once. The reference mover is composed of connectors; a user's
 * own mover is another implementation, found by {@code ServiceLoader}.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
@FunctionalInterface
public interface Mover {

  /**
   * Runs one load: for each unit of work extract → load → reconcile → state commit, recorded in the
   * request's ledger. Without state it loads the whole source.
   *
   * @throws StrategyRejectedException before anything is read, when the combination is impossible
   * @throws ReconcileFailedException when the sink does not hold what was extracted; the state has
   *     not moved
   * @throws io.plumbline.matrix.connector.SystemFailureException when a system failed
   */
  void move(MoveRequest request);
}

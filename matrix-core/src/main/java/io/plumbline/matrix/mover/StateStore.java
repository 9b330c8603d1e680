package io.plumbline.matrix.mover;

import java.util.Optional;
import org.apiguardian.api.API;

/** Keeps the state of one case. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public interface StateStore {

  /**
   * The committed state; empty before the first commit.
   *
   * @throws io.plumbline.matrix.registry.InvalidInputException when what is stored is damaged or
   *     belongs to another case
   */
  Optional<State> read();

  /**
   * Commits a state atomically: after a crash either the old or the new one is there.
   *
   * @throws StateConflictException unless the state's version follows the committed one (compare
   *     and set)
   */
  void commit(State next);
}

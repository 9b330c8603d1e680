package io.plumbline.matrix.mover;

import java.util.Optional;
import org.apiguardian.api.API;

/** A store whose states another one keeps; what a wrapper does otherwise, it overrides. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public class ForwardingStateStore implements StateStore {
  private final StateStore states;

  /** Forwards everything. */
  protected ForwardingStateStore(StateStore states) {
    this.states = states;
  }

  @Override
  public Optional<State> read() {
    return states.read();
  }

  @Override
  public void commit(State next) {
    states.commit(next);
  }
}

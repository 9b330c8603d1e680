package io.plumbline.matrix.defect;

import io.plumbline.matrix.mover.State;
import io.plumbline.matrix.mover.StateStore;
import java.util.Optional;
import java.util.function.BinaryOperator;

/** A store that commits something else than it was given. */
final class FaultyStates implements StateStore {
  private final StateStore inner;
  private final BinaryOperator<State> commit;

  /**
   * @param commit what is committed, of the committed state (the next one when there is none) and
   *     the next one
   */
  FaultyStates(StateStore inner, BinaryOperator<State> commit) {
    this.inner = inner;
    this.commit = commit;
  }

  @Override
  public Optional<State> read() {
    return inner.read();
  }

  @Override
  public void commit(State next) {
    inner.commit(commit.apply(inner.read().orElse(next), next));
  }
}

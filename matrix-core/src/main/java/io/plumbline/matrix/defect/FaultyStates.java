package io.plumbline.matrix.defect;

import io.plumbline.matrix.mover.ForwardingStateStore;
import io.plumbline.matrix.mover.State;
import io.plumbline.matrix.mover.StateStore;
import java.util.function.BinaryOperator;

/** A store that commits something else than it was given. */
final class FaultyStates extends ForwardingStateStore {
  private final BinaryOperator<State> commit;

  /**
   * @param commit what is committed, of the committed state (the next one when there is none) and
   *     the next one
   */
  FaultyStates(StateStore inner, BinaryOperator<State> commit) {
    super(inner);
    this.commit = commit;
  }

  @Override
  public void commit(State next) {
    super.commit(commit.apply(read().orElse(next), next));
  }
}

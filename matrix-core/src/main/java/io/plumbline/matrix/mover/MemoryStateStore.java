package io.plumbline.matrix.mover;

import java.util.Optional;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/** Keeps the state in memory, for runs without a disk. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class MemoryStateStore implements StateStore {
  private final String caseId;
  private @Nullable State state;

  /** An empty store of a case. */
  public MemoryStateStore(String caseId) {
    this.caseId = caseId;
  }

  @Override
  public synchronized Optional<State> read() {
    return Optional.ofNullable(state);
  }

  @Override
  public synchronized void commit(State next) {
    long committed = state == null ? 0 : state.version();
    if (next.version() != committed + 1) {
      throw new StateConflictException(caseId, committed, next.version());
    }
    state = next;
  }
}

package io.plumbline.matrix.run;

import io.plumbline.matrix.connector.SystemInfo;
import io.plumbline.matrix.registry.MatrixCase;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apiguardian.api.API;

/**
 * One run: its systems, started when a case first needs them, and the cases on them. Thread-safe.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public interface MatrixRun extends AutoCloseable {

  /**
   * Begins to start what the cases need, and does not wait for it; a system that does not start
   * fails the cases that need it, and no other.
   */
  default void prepare(Collection<MatrixCase> cases) {}

  /**
   * Completes when every system that a case needs has started or has failed to; never with a
   * failure, which is the case's own. Whoever runs cases gives the places of those that would wait
   * to others.
   */
  default CompletableFuture<?> settled(MatrixCase matrixCase) {
    return CompletableFuture.completedFuture(null);
  }

  /**
   * Runs a case to its verdict. A product failure is a verdict; a broken lab is verdict UNKNOWN
   * with {@link CaseResult#failure()} a {@link
   * io.plumbline.matrix.connector.SystemFailureException}.
   */
  CaseResult run(MatrixCase matrixCase);

  /** The class of the mover; empty when it is the reference mover. */
  Optional<String> mover();

  /** The systems started so far. */
  List<SystemInfo> systems();

  /** Stops every system and removes what the run left outside the artifact folder. */
  @Override
  void close();
}

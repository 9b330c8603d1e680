package io.plumbline.matrix.connector;

import java.util.Optional;
import org.apiguardian.api.API;

/** A system that serves the cases of a run; safe for use by several threads. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public interface RunningSystem extends AutoCloseable {

  /** What it really is. */
  SystemInfo info();

  /**
   * Why this system cannot do what its family declares, in one sentence without the family's name:
   * a stand-in may lack what the real product has, a server may be set up without it. Cases that
   * need it are skipped with this reason, or an error, as the run was told.
   */
  default Optional<String> missing(Feature feature) {
    return Optional.empty();
  }

  /** The source of a case; everything it creates is inside the scope and removed by its close. */
  Source openSource(CaseScope scope);

  /** The sink of a case; everything it creates is inside the scope and removed by its close. */
  Sink openSink(CaseScope scope);

  /** Stops the system and removes what it left. */
  @Override
  void close();
}

package io.plumbline.matrix.lab;

import org.apiguardian.api.API;

/** What a thread that was interrupted still has to do: clients refuse to wait for it. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class Interruption {
  private Interruption() {}

  /** Does something as if the thread had not been interrupted; afterwards it is so again. */
  public static void deferred(Runnable ending) {
    boolean interrupted = Thread.interrupted();
    try {
      ending.run();
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}

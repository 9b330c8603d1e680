package io.plumbline.connector.tck;

import java.util.concurrent.atomic.AtomicBoolean;
import org.apiguardian.api.API;

/** Does something the first time that it is asked to, and knows whether it was. Thread-safe. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class Once implements Runnable {
  private final Runnable what;
  private final AtomicBoolean done = new AtomicBoolean();

  /** Not yet. */
  public Once(Runnable what) {
    this.what = what;
  }

  @Override
  public void run() {
    if (done.compareAndSet(false, true)) {
      what.run();
    }
  }

  /** True once it was asked to. */
  public boolean done() {
    return done.get();
  }
}

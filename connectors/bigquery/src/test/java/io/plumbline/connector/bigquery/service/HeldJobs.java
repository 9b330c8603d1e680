package io.plumbline.connector.bigquery.service;

import java.util.concurrent.CountDownLatch;

/** Jobs that have begun and do nothing; they are let go when it is closed. */
public final class HeldJobs implements AutoCloseable {
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch gone = new CountDownLatch(1);
  private final Runnable end;

  HeldJobs(Runnable end) {
    this.end = end;
  }

  /** Waits until there is one. */
  public void awaitJob() throws InterruptedException {
    begun.await();
  }

  void hold() throws InterruptedException {
    begun.countDown();
    gone.await();
  }

  @Override
  public void close() {
    end.run();
    gone.countDown();
  }
}

package io.plumbline.matrix.connector;

import io.plumbline.matrix.dataset.ChangeSet;
import org.apiguardian.api.API;

/**
 * The harness's side of a source. Values are those of the data set with the source's declared
 * fidelity; columns that the source does not support are left out. Methods throw {@link
 * SystemFailureException} when the system failed.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public interface Fixture {

  /** Creates the source and fills it with version 1 of every base key, in key order. */
  void seed();

  /**
   * Makes changes in one transaction that stays open; a system without transactions holds them
   * back. They become visible at commit.
   */
  PendingChanges begin(ChangeSet changes);

  /** Makes changes at once. */
  default void apply(ChangeSet changes) {
    try (PendingChanges pending = begin(changes)) {
      pending.commit();
    }
  }

  /** Changes that nobody can see yet. */
  interface PendingChanges extends AutoCloseable {

    /**
     * Changes of a transaction.
     *
     * @param rollback called by close when they were not committed
     */
    static PendingChanges of(Runnable commit, Runnable rollback) {
      return new PendingChanges() {
        private boolean open = true;

        @Override
        public void commit() {
          commit.run();
          open = false;
        }

        @Override
        public void close() {
          if (open) {
            open = false;
            rollback.run();
          }
        }
      };
    }

    /** Makes them visible. */
    void commit();

    /** Rolls back what was not committed. */
    @Override
    void close();
  }
}

package io.plumbline.matrix.connector;

import org.apiguardian.api.API;

/**
 * A load in progress: rows are staged, then published at once. It may be closed at any time, also
 * after a failure and by an interrupted thread. Every method but {@code close} throws {@link
 * SystemFailureException} when the system failed, did not answer in time, or the thread was
 * interrupted.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public interface Load extends AutoCloseable {

  /** Stages the rows of a batch, which is the caller's again afterwards. */
  void write(RowBatch batch);

  /** Makes the load visible in one step; nothing of it was visible before. */
  void publish();

  /** After publish: what the target holds of this load, asked of the target itself. */
  LoadTotals held();

  /** Forgets the staging; a load that was not published leaves the target as it was. */
  @Override
  void close();
}

package io.plumbline.matrix.connector;

import org.apiguardian.api.API;

/** A load in progress: rows are staged, then published at once. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public interface Load extends AutoCloseable {

  /** Stages the rows of a batch. */
  void write(RowBatch batch);

  /** Makes the load visible in one step; nothing of it was visible before. */
  void publish();

  /** After publish: what the target holds of this load, asked of the target itself. */
  LoadTotals held();

  /** Forgets the staging; a load that was not published leaves the target as it was. */
  @Override
  void close();
}

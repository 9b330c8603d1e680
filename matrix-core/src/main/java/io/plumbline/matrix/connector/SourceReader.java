package io.plumbline.matrix.connector;

import java.util.List;
import org.apiguardian.api.API;

/**
 * The mover's side of a source. Rows are carried values (the data set's values with the source's
 * declared fidelity), {@link io.plumbline.matrix.dataset.Absent} in columns that the source lacks.
 * Its methods throw {@link SystemFailureException} when the system failed.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public interface SourceReader {

  /**
   * Begins a read. Rows of {@link ReadRequest.Snapshot} carry {@link Op#SNAPSHOT}; of {@link
   * ReadRequest.Changes} the logged operation; all others {@link Op#UPDATE}.
   */
  Extraction open(ReadRequest request);

  /**
   * The fingerprint of every partition that has rows, by date.
   *
   * @throws UnsupportedOperationException unless the family declares {@link Feature#SLICES}
   */
  default List<PartitionFingerprint> partitions() {
    throw new UnsupportedOperationException("This source has no partitions (Feature.SLICES).");
  }

  /** The position was committed: what lies before it may be forgotten. */
  default void acknowledge(Position committed) {}
}

package io.plumbline.matrix.defect;

import io.plumbline.matrix.connector.PartitionFingerprint;
import io.plumbline.matrix.connector.Position;
import io.plumbline.matrix.connector.ReadRequest;
import java.util.List;
import java.util.function.Function;

/** What a broken reader makes of a read; may remember earlier reads of its case. */
interface ReadFault {

  /**
   * The rows that are handed on.
   *
   * @param again reads the same source by another request
   */
  default List<RowOp> rows(
      ReadRequest asked, List<RowOp> read, Function<ReadRequest, List<RowOp>> again) {
    return read;
  }

  /** Where the next read begins. */
  default Position position(ReadRequest asked, Position position) {
    return position;
  }

  /** The keys said to be present. */
  default long[] keys(long[] keys) {
    return keys;
  }

  /** The fingerprints of the partitions. */
  default List<PartitionFingerprint> partitions(List<PartitionFingerprint> partitions) {
    return partitions;
  }
}

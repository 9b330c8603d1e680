package io.plumbline.connector.debezium;

import io.plumbline.matrix.connector.Extraction;
import io.plumbline.matrix.connector.Position;
import io.plumbline.matrix.connector.RowBatch;
import org.apache.kafka.connect.source.SourceRecord;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Changes from a position to a fence, which the reader itself wrote into the log when it began:
 * whatever was committed before that comes before it.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class FencedExtraction implements Extraction {
  private final EngineRecords records;
  private final Log log;
  private @Nullable Position position;

  /**
   * Reads on.
   *
   * @param records closed as soon as the fence is reached
   */
  public FencedExtraction(EngineRecords records, Log log) {
    this.records = records;
    this.log = log;
  }

  /** What the records of a family's log mean. */
  @FunctionalInterface
  public interface Log {
    /**
     * Adds the row of a record, if it has one.
     *
     * @return where the next read begins, once the fence is reached; null before
     */
    @Nullable Position take(SourceRecord entry, RowBatch batch);
  }

  @Override
  public boolean read(RowBatch batch) {
    batch.clear();
    while (position == null && !batch.full()) {
      position = log.take(records.next(), batch);
      if (position != null) {
        // Whatever the engine holds at the server is free before the extraction is closed.
        records.close();
      }
    }
    return batch.size() > 0;
  }

  @Override
  public Position position() {
    Position reached = position;
    if (reached == null) {
      throw new IllegalStateException("The position is known after the last row.");
    }
    return reached;
  }

  @Override
  public void close() {
    records.close();
  }
}

package io.plumbline.matrix.connector;

import java.util.Iterator;
import org.apiguardian.api.API;

/**
 * A read in progress; single-threaded, streams: it holds a batch, never the whole result. It may be
 * closed before its end. Its methods throw {@link SystemFailureException} when the system failed,
 * did not answer in time, or the thread was interrupted.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public interface Extraction extends AutoCloseable {

  /** A read of rows that all mean the same, from an iterator that needs no closing. */
  static Extraction of(Iterator<Object[]> rows, Op op, Position position) {
    return new Extraction() {
      @Override
      public boolean read(RowBatch batch) {
        batch.clear();
        while (rows.hasNext() && !batch.full()) {
          batch.add(op, rows.next());
        }
        return batch.size() > 0;
      }

      @Override
      public Position position() {
        return position;
      }

      @Override
      public void close() {}
    };
  }

  /**
   * Clears the batch and fills it with the next rows.
   *
   * @return false when there are no more rows (the batch is then empty)
   */
  boolean read(RowBatch batch);

  /**
   * After the last row: where the next read begins once this one is loaded and committed. It is of
   * the moment that the rows are of: what was committed since then comes with the next read.
   */
  Position position();

  /**
   * After the last row of an {@link ReadRequest.XminWindow}, all keys present, ascending; else
   * empty.
   */
  default long[] keys() {
    return new long[0];
  }

  @Override
  void close();
}

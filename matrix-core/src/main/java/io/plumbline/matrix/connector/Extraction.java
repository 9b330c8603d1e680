package io.plumbline.matrix.connector;

/** A read in progress; single-threaded, streams. */
public interface Extraction extends AutoCloseable {

  /**
   * Clears the batch and fills it with the next rows.
   *
   * @return false when there are no more rows (the batch is then empty)
   */
  boolean read(RowBatch batch);

  /** After the last row: where the next read begins once this one is loaded and committed. */
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

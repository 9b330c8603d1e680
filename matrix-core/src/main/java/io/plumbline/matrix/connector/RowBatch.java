package io.plumbline.matrix.connector;

import org.apiguardian.api.API;

/**
 * A reusable buffer of rows on their way from reader to writer. Row arrays belong to whoever made
 * them and are never changed by whoever gets them.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class RowBatch {
  private final Object[][] rows;
  private final Op[] ops;
  private int size;

  /** An empty batch of the given capacity in rows. */
  public RowBatch(int capacity) {
    this.rows = new Object[capacity][];
    this.ops = new Op[capacity];
  }

  /** Adds a row; the batch must not be full. */
  public void add(Op op, Object[] row) {
    rows[size] = row;
    ops[size] = op;
    size++;
  }

  /** Number of rows. */
  public int size() {
    return size;
  }

  /** True when no further row fits. */
  public boolean full() {
    return size == rows.length;
  }

  /** The most rows it holds. */
  public int capacity() {
    return rows.length;
  }

  /** The row at an index; carried values by column index, null is NULL. */
  public Object[] row(int index) {
    return rows[index];
  }

  /** What the row at an index means. */
  public Op op(int index) {
    return ops[index];
  }

  /** Forgets all rows. */
  public void clear() {
    java.util.Arrays.fill(rows, 0, size, null);
    size = 0;
  }
}

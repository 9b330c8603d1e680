package io.plumbline.matrix.mover;

import io.plumbline.matrix.connector.Load;
import io.plumbline.matrix.connector.LoadTotals;
import io.plumbline.matrix.connector.Op;
import io.plumbline.matrix.connector.RowBatch;
import io.plumbline.matrix.dataset.Column;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rows that a unit hands to the sink: batches them and keeps the totals that reconcile
 * compares.
 */
final class Outgoing {
  private static final int WIDTH = Column.FIRST_WIDE;
  private final Load load;
  private final RowBatch batch;
  private final @Nullable Map<Long, Last> lastByKey;
  private final ChecksumSum checksum = new ChecksumSum();
  private long operations;
  private long bytes;
  private long rows;
  private long keySum;
  private BigDecimal amountSum = BigDecimal.ZERO;

  private record Last(boolean delete, BigDecimal amount) {}

  /**
   * @param severalPerKey true when a key may occur more than once, so that only its last image
   *     counts
   */
  Outgoing(Load load, int batchRows, boolean severalPerKey) {
    this.load = load;
    this.batch = new RowBatch(batchRows);
    this.lastByKey = severalPerKey ? new HashMap<>() : null;
  }

  void row(Op op, Object[] row, RowChecksum hash) {
    checksum.add(hash.high(), hash.low());
    bytes += hash.bytes();
    long key = (Long) row[Column.ID];
    BigDecimal amount = (BigDecimal) row[Column.AMOUNT];
    if (lastByKey == null) {
      count(key, amount);
    } else {
      lastByKey.put(key, new Last(false, amount));
    }
    add(op, row);
  }

  void delete(long key) {
    Object[] row = new Object[WIDTH];
    row[Column.ID] = key;
    if (lastByKey != null) {
      lastByKey.put(key, new Last(true, BigDecimal.ZERO));
    }
    add(Op.DELETE, row);
  }

  private void count(long key, BigDecimal amount) {
    rows++;
    keySum += key;
    amountSum = amountSum.add(amount);
  }

  private void add(Op op, Object[] row) {
    batch.add(op, row);
    operations++;
    if (batch.full()) {
      flush();
    }
  }

  void flush() {
    if (batch.size() > 0) {
      load.write(batch);
      batch.clear();
    }
  }

  /** After the last row: what the sink must hold of this load. */
  LoadTotals totals() {
    if (lastByKey != null) {
      lastByKey.forEach(
          (key, last) -> {
            if (!last.delete()) {
              count(key, last.amount());
            }
          });
      lastByKey.clear();
    }
    return new LoadTotals(rows, keySum, amountSum, 0);
  }

  long operations() {
    return operations;
  }

  long bytes() {
    return bytes;
  }

  String checksum() {
    return checksum.hex();
  }
}

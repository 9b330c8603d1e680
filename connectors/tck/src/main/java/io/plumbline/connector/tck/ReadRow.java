package io.plumbline.connector.tck;

import io.plumbline.matrix.connector.Extraction;
import io.plumbline.matrix.connector.Op;
import io.plumbline.matrix.connector.RowBatch;
import io.plumbline.matrix.dataset.Column;
import java.util.ArrayList;
import java.util.List;
import org.apiguardian.api.API;

/**
 * A row as a reader gave it.
 *
 * @param op what happened to it
 * @param cells its cells by column index
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public record ReadRow(Op op, Object[] cells) {
  private static final int ROWS_PER_BATCH = 100;

  /** The row's key. */
  public long key() {
    return (Long) cells[Column.ID];
  }

  /** All that is left of an extraction, in its order. */
  public static List<ReadRow> all(Extraction extraction) {
    List<ReadRow> rows = new ArrayList<>();
    RowBatch batch = new RowBatch(ROWS_PER_BATCH);
    while (extraction.read(batch)) {
      for (int i = 0; i < batch.size(); i++) {
        rows.add(new ReadRow(batch.op(i), batch.row(i)));
      }
    }
    return rows;
  }
}

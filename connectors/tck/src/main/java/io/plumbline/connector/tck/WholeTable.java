package io.plumbline.connector.tck;

import io.plumbline.matrix.connector.Extraction;
import io.plumbline.matrix.connector.Load;
import io.plumbline.matrix.connector.Op;
import io.plumbline.matrix.connector.ReadRequest;
import io.plumbline.matrix.connector.RowBatch;
import io.plumbline.matrix.connector.Sink;
import io.plumbline.matrix.connector.Source;
import io.plumbline.matrix.connector.WriteAction;
import java.util.ArrayList;
import java.util.List;
import org.apiguardian.api.API;

/** A whole table as a mover reads and replaces it, and nothing else that a mover does. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class WholeTable {
  private static final int BATCH_ROWS = 1_000;

  private WholeTable() {}

  /** The cells of all rows. */
  public static List<Object[]> read(Source source) {
    List<Object[]> rows = new ArrayList<>();
    RowBatch batch = new RowBatch(BATCH_ROWS);
    try (Extraction extraction = open(source)) {
      while (extraction.read(batch)) {
        for (int i = 0; i < batch.size(); i++) {
          rows.add(batch.row(i));
        }
      }
    }
    return rows;
  }

  /** Replaces the target by rows. */
  public static void replace(Sink sink, List<Object[]> rows) {
    RowBatch batch = new RowBatch(BATCH_ROWS);
    try (Load load = begin(sink)) {
      for (Object[] row : rows) {
        batch.add(Op.SNAPSHOT, row);
        if (batch.full()) {
          load.write(batch);
          batch.clear();
        }
      }
      load.write(batch);
      load.publish();
    }
  }

  /** Replaces the target by what the source has. */
  public static void move(Source source, Sink sink) {
    RowBatch batch = new RowBatch(BATCH_ROWS);
    try (Extraction extraction = open(source);
        Load load = begin(sink)) {
      while (extraction.read(batch)) {
        load.write(batch);
      }
      load.publish();
    }
  }

  private static Extraction open(Source source) {
    return source.reader().open(new ReadRequest.Snapshot(ReadRequest.Continuation.NONE));
  }

  private static Load begin(Sink sink) {
    return sink.writer().begin(Cases.plan("1", WriteAction.REPLACE_ALL));
  }
}

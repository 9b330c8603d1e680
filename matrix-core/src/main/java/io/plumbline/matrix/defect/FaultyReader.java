package io.plumbline.matrix.defect;

import io.plumbline.matrix.connector.Extraction;
import io.plumbline.matrix.connector.PartitionFingerprint;
import io.plumbline.matrix.connector.Position;
import io.plumbline.matrix.connector.ReadRequest;
import io.plumbline.matrix.connector.RowBatch;
import io.plumbline.matrix.connector.SourceReader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A reader that reads everything that was asked for and then hands on something else. */
final class FaultyReader implements SourceReader {
  private static final int BATCH_ROWS = 1_000;

  private final SourceReader inner;
  private final ReadFault fault;

  FaultyReader(SourceReader inner, ReadFault fault) {
    this.inner = inner;
    this.fault = fault;
  }

  @Override
  public Extraction open(ReadRequest request) {
    return new FaultyExtraction(request, inner.open(request));
  }

  @Override
  public List<PartitionFingerprint> partitions() {
    return fault.partitions(inner.partitions());
  }

  @Override
  public void acknowledge(Position committed) {
    inner.acknowledge(committed);
  }

  private List<RowOp> readAll(ReadRequest request) {
    try (Extraction extraction = inner.open(request)) {
      return drain(extraction);
    }
  }

  private static List<RowOp> drain(Extraction extraction) {
    List<RowOp> rows = new ArrayList<>();
    RowBatch batch = new RowBatch(BATCH_ROWS);
    while (extraction.read(batch)) {
      for (int i = 0; i < batch.size(); i++) {
        rows.add(new RowOp(batch.op(i), batch.row(i)));
      }
    }
    return rows;
  }

  private final class FaultyExtraction implements Extraction {
    private final ReadRequest request;
    private final Extraction extraction;
    private @Nullable List<RowOp> rows;
    private int next;

    FaultyExtraction(ReadRequest request, Extraction extraction) {
      this.request = request;
      this.extraction = extraction;
    }

    @Override
    public boolean read(RowBatch batch) {
      List<RowOp> all = rows;
      if (all == null) {
        all = fault.rows(request, drain(extraction), FaultyReader.this::readAll);
        rows = all;
      }
      batch.clear();
      while (next < all.size() && !batch.full()) {
        RowOp row = all.get(next++);
        batch.add(row.op(), row.row());
      }
      return batch.size() > 0;
    }

    @Override
    public Position position() {
      return fault.position(request, extraction.position());
    }

    @Override
    public long[] keys() {
      return fault.keys(extraction.keys());
    }

    @Override
    public void close() {
      extraction.close();
    }
  }
}

package io.plumbline.connector.api;

import io.plumbline.connector.api.Faults.Fault;
import io.plumbline.matrix.connector.CaseScope;
import io.plumbline.matrix.connector.ColumnContract;
import io.plumbline.matrix.connector.Extraction;
import io.plumbline.matrix.connector.Op;
import io.plumbline.matrix.connector.RowBatch;
import io.plumbline.matrix.connector.TargetLayout;
import io.plumbline.matrix.dataset.Dataset;
import io.plumbline.matrix.dataset.Volume;
import io.plumbline.matrix.registry.CaseId;
import io.plumbline.matrix.registry.Family;
import io.plumbline.matrix.registry.Strategy;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** What the tests of this family share. */
final class Api {
  static final Faults NO_FAULTS = request -> Fault.NONE;

  private Api() {}

  static Dataset dataset(long rows) {
    return new Dataset(
        new Volume(rows, new BigDecimal("0.20"), new BigDecimal("0.05"), 120, 20260603L));
  }

  static CaseScope scope(Dataset dataset) {
    ApiConnector connector = new ApiConnector();
    return new CaseScope(
        new CaseId(connector.family(), new Family("other"), Strategy.INCREMENTAL_MERGE),
        "test",
        dataset,
        ColumnContract.of(dataset.columns(), connector.sourceTypes(), connector.sourceTypes()),
        TargetLayout.KEYED);
  }

  /** A clock that only the pauses move. */
  static final class Time {
    final List<Duration> pauses = new ArrayList<>();
    private final AtomicLong nanos = new AtomicLong();

    Retry retry() {
      return new Retry(
          nanos::get,
          pause -> {
            pauses.add(pause);
            nanos.addAndGet(pause.toNanos());
          },
          Duration.ofMillis(50),
          Duration.ofSeconds(5),
          Duration.ofSeconds(60));
    }
  }

  /** A row as a reader gave it. */
  record Read(Op op, Object[] row) {
    long key() {
      return (Long) row[0];
    }
  }

  static List<Read> readAll(Extraction extraction) {
    List<Read> rows = new ArrayList<>();
    RowBatch batch = new RowBatch(100);
    while (extraction.read(batch)) {
      for (int i = 0; i < batch.size(); i++) {
        rows.add(new Read(batch.op(i), batch.row(i)));
      }
    }
    return rows;
  }
}

package io.plumbline.connector.api;

import io.plumbline.connector.api.Faults.Fault;
import io.plumbline.connector.tck.Cases;
import io.plumbline.matrix.connector.CaseScope;
import io.plumbline.matrix.connector.ColumnContract;
import io.plumbline.matrix.connector.TargetLayout;
import io.plumbline.matrix.dataset.Dataset;
import io.plumbline.matrix.registry.CaseId;
import io.plumbline.matrix.registry.Family;
import io.plumbline.matrix.registry.Strategy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** What the tests of this family share. */
final class Api {
  static final Faults NO_FAULTS = request -> Fault.NONE;

  private Api() {}

  static Dataset dataset(long rows) {
    return new Dataset(Cases.volume(rows));
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
}

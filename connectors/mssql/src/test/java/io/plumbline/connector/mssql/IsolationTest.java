package io.plumbline.connector.mssql;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.connector.tck.Cases;
import io.plumbline.matrix.connector.CaseScope;
import io.plumbline.matrix.connector.ColumnContract;
import io.plumbline.matrix.connector.Connector;
import io.plumbline.matrix.connector.Load;
import io.plumbline.matrix.connector.RunningSystem;
import io.plumbline.matrix.connector.Sink;
import io.plumbline.matrix.connector.TargetLayout;
import io.plumbline.matrix.connector.WriteAction;
import io.plumbline.matrix.dataset.Dataset;
import io.plumbline.matrix.registry.CaseId;
import io.plumbline.matrix.registry.Strategy;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One point in time for several queries, as the database allows it. */
final class IsolationTest {
  private final Connector connector = new MssqlConnector();
  private final Dataset dataset = new Dataset(Cases.volume(10));

  @ParameterizedTest
  @CsvSource({"true, SNAPSHOT, SERIALIZABLE", "false, SERIALIZABLE, SNAPSHOT"})
  void theDatabaseIsAskedWhetherItAllowsSnapshots(
      boolean allowed, String level, String other, @TempDir Path directory) throws IOException {
    try (TdsLab lab = TdsLab.start(directory.resolve("tds"), allowed);
        RunningSystem system = connector.connect(lab.endpoint());
        Sink sink = system.openSink(scope())) {
      try (Load load = sink.writer().begin(Cases.plan("1", WriteAction.REPLACE_ALL))) {
        load.publish();
      }
      sink.inspector().rows((row, version, validity) -> {});

      assertThat(lab.front().statements())
          .contains("SET TRANSACTION ISOLATION LEVEL " + level)
          .doesNotContain("SET TRANSACTION ISOLATION LEVEL " + other);
    }
  }

  private CaseScope scope() {
    return new CaseScope(
        new CaseId(connector.family(), connector.family(), Strategy.FULL_REFRESH),
        "isolation",
        dataset,
        ColumnContract.of(dataset.columns(), connector.sourceTypes(), connector.sinkTypes()),
        TargetLayout.KEYED);
  }
}

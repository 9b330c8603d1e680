package io.plumbline.connector.mssql;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.connector.tck.Cases;
import io.plumbline.matrix.connector.CaseScope;
import io.plumbline.matrix.connector.ColumnContract;
import io.plumbline.matrix.connector.Connector;
import io.plumbline.matrix.connector.EvidenceLevel;
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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** H2 waits for itself when a schema is removed while a table is. */
final class H2DefinitionsTest {
  private static final int THREADS = 4;
  private static final int CASES = 40;

  private final Connector connector = new MssqlConnector();
  private final Dataset dataset = new Dataset(Cases.volume(10));

  @Test
  void casesComeAndGoAtTheSameTime(@TempDir Path directory)
      throws InterruptedException, ExecutionException {
    comeAndGo(new H2Provider().start(directory));
  }

  @Test
  void casesComeAndGoAtTheSameTimeBehindTheProtocol(@TempDir Path directory)
      throws IOException, InterruptedException, ExecutionException {
    TdsLab lab = TdsLab.start(directory.resolve("tds"));
    comeAndGo(SqlServer.of(lab.endpoint()).system(EvidenceLevel.STAND_IN, lab::close));
  }

  private void comeAndGo(RunningSystem started) throws InterruptedException, ExecutionException {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try (RunningSystem system = started) {
      List<Future<Integer>> ended = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        String name = "t" + thread;
        ended.add(threads.submit(() -> casesOf(system, name)));
      }
      for (Future<Integer> cases : ended) {
        assertThat(cases.get()).isEqualTo(CASES);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private int casesOf(RunningSystem system, String thread) {
    int closed = 0;
    for (int number = 0; number < CASES; number++) {
      CaseScope scope =
          new CaseScope(
              new CaseId(connector.family(), connector.family(), Strategy.FULL_REFRESH),
              thread + "x" + number,
              dataset,
              ColumnContract.of(dataset.columns(), connector.sourceTypes(), connector.sinkTypes()),
              TargetLayout.KEYED);
      Sink sink = system.openSink(scope);
      try (sink;
          Load load = sink.writer().begin(Cases.plan("1", WriteAction.REPLACE_ALL))) {
        load.publish();
        closed++;
      }
    }
    return closed;
  }
}

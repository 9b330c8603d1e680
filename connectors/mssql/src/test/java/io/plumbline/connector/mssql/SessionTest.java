package io.plumbline.connector.mssql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.connector.jdbc.ChangeLog;
import io.plumbline.connector.jdbc.JdbcException;
import io.plumbline.connector.jdbc.JdbcSystem;
import io.plumbline.connector.jdbc.MoverSessions;
import io.plumbline.connector.jdbc.Session;
import io.plumbline.connector.mssql.capture.Captures;
import io.plumbline.connector.tck.Cases;
import io.plumbline.matrix.connector.CaseScope;
import io.plumbline.matrix.connector.EvidenceLevel;
import io.plumbline.matrix.connector.Load;
import io.plumbline.matrix.connector.Op;
import io.plumbline.matrix.connector.RowBatch;
import io.plumbline.matrix.connector.RunningSystem;
import io.plumbline.matrix.connector.Sink;
import io.plumbline.matrix.connector.Source;
import io.plumbline.matrix.connector.TargetLayout;
import io.plumbline.matrix.connector.WriteAction;
import io.plumbline.matrix.dataset.Dataset;
import io.plumbline.matrix.lab.QuietLogs;
import io.plumbline.matrix.registry.Strategy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What SQL Server's own driver tells late, or not at all. */
final class SessionTest {
  private static final int PATIENCE_SECONDS = 20;

  private final MssqlConnector connector = new MssqlConnector();
  private final Dataset dataset = new Dataset(Cases.volume(1_000));
  private final CaseScope scope =
      Cases.own(connector, Strategy.FULL_REFRESH, TargetLayout.KEYED, dataset);
  @TempDir private Path directory = Path.of("");

  @Test
  void aFailureBehindTheFirstResultOfAStatementIsAFailure() throws IOException {
    AtomicReference<MoverSessions> movers = new AtomicReference<>();
    ChangeLog.Factory holding =
        (of, names, sessions) -> {
          movers.set(sessions);
          return ChangeLog.NONE.of(of, names, sessions);
        };
    try (TdsLab lab = TdsLab.start(directory.resolve("tds"));
        RunningSystem system =
            new JdbcSystem(
                SqlServerDialect.of("Some Server", Isolation.SNAPSHOT),
                SqlServer.of(lab.endpoint()).endpoint(),
                EvidenceLevel.EXTERNAL,
                holding,
                Map.of(),
                QuietLogs.of("com.microsoft.sqlserver"),
                () -> {});
        Source source = system.openSource(scope);
        Session session = Objects.requireNonNull(movers.get()).open()) {
      assertThat(source).isNotNull();
      session.execute("SELECT 1; SELECT 2");
      assertThatThrownBy(() -> session.execute("SELECT 1; SELECT 2 FROM nowhere"))
          .isInstanceOf(JdbcException.class)
          .hasMessageContaining("nowhere");
    }
  }

  /** It neither takes the rows of a bulk load nor says anything. */
  @Test
  void whoeverIsInterruptedDoesNotWaitForAServerThatDoesNotAnswer()
      throws IOException, InterruptedException {
    CountDownLatch loading = new CountDownLatch(1);
    CountDownLatch over = new CountDownLatch(1);
    try (TdsLab lab =
            TdsLab.start(
                directory.resolve("tds"),
                true,
                new Captures("1", "Running"),
                sql -> {
                  if (sql.startsWith("INSERT INTO ") && sql.contains("[stage]")) {
                    loading.countDown();
                    await(over);
                  }
                });
        RunningSystem system = connector.connect(lab.endpoint());
        Sink sink = system.openSink(scope)) {
      AtomicReference<Throwable> thrown = new AtomicReference<>();
      Thread mover = new Thread(() -> load(sink));
      mover.setUncaughtExceptionHandler((thread, failure) -> thrown.set(failure));
      mover.start();
      assertThat(loading.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
      mover.interrupt();
      mover.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
      boolean ended = !mover.isAlive();
      over.countDown();
      assertThat(ended).as("the mover ended although the server did nothing").isTrue();
      assertThat(thrown.get()).isNotNull();
    }
  }

  private void load(Sink sink) {
    try (Load load = sink.writer().begin(Cases.plan("1", WriteAction.MERGE))) {
      RowBatch batch = new RowBatch(1_000);
      for (long key = 1; key <= 1_000; key++) {
        batch.add(Op.INSERT, dataset.row(key, 1));
      }
      load.write(batch);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await(2 * PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

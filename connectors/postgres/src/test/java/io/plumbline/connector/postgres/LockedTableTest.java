package io.plumbline.connector.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.connector.tck.Cases;
import io.plumbline.connector.tck.Mishap;
import io.plumbline.connector.tck.OwnPair;
import io.plumbline.matrix.connector.ExternalEndpoint;
import io.plumbline.matrix.lab.Deadline;
import io.plumbline.matrix.oracle.Verdict;
import io.plumbline.matrix.registry.Strategy;
import io.plumbline.matrix.run.CaseResult;
import io.plumbline.matrix.run.PhaseTimeoutException;
import io.plumbline.matrix.run.StandardRun;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(Postgres.class)
final class LockedTableTest {
  private static final Duration LIMIT = Duration.ofSeconds(6);

  @TempDir private Path artifacts = Path.of("");

  @Test
  void aCaseThatWaitsForATableOfOthersEndsByItsTimeLimitWithTheReason(PostgresSystem server)
      throws InterruptedException {
    OwnPair pair = new OwnPair(new PostgresConnector(), Set.of(Strategy.INCREMENTAL_MERGE));
    ExternalEndpoint endpoint =
        new ExternalEndpoint(
            "jdbc:postgresql://localhost:%d/postgres".formatted(server.endpoint().port()),
            "postgres",
            "");
    AtomicInteger loads = new AtomicInteger();
    try (StandardRun run = pair.run(Cases.volume(500), artifacts, endpoint, LIMIT);
        Session other = Session.open(server.endpoint(), "test")) {
      Thread release =
          new Thread(
              () -> {
                Deadline.in(LIMIT.multipliedBy(2)).await(() -> false);
                other.commit();
              });
      Mishap locked =
          new Mishap(
              Mishap.Moment.LOAD,
              () -> {
                if (loads.incrementAndGet() == 2) {
                  lockTarget(other);
                  release.start();
                }
              });
      CaseResult result = run.run(pair.of(Strategy.INCREMENTAL_MERGE), locked.mover());
      assertThat(result.verdict()).isEqualTo(Verdict.UNKNOWN);
      assertThat(result.failure()).isInstanceOf(PhaseTimeoutException.class);
      assertThat(result.reason()).endsWith(" load' took longer than PT6S (matrix.timeout.phase).");
      assertThat(result.rounds().get(1).checks())
          .as("nobody looked at a table that cannot be read")
          .extracting(check -> check.check().id())
          .containsExactly("move_completed");
      release.join();
    }
  }

  private static void lockTarget(Session other) {
    other.begin();
    other
        .query(
            row -> row.getString(1),
            "SELECT format('%I.%I', schemaname, tablename) FROM pg_tables WHERE schemaname LIKE 'pl\\_%\\_snk'")
        .forEach(table -> other.execute("LOCK TABLE " + table));
  }
}

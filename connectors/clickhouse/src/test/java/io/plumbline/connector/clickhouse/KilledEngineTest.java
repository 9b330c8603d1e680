package io.plumbline.connector.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.connector.tck.OwnPair;
import io.plumbline.matrix.connector.ForwardingLoad;
import io.plumbline.matrix.connector.Load;
import io.plumbline.matrix.connector.SystemFailureException;
import io.plumbline.matrix.mover.MoveRequest;
import io.plumbline.matrix.mover.Mover;
import io.plumbline.matrix.mover.ReferenceMover;
import io.plumbline.matrix.mover.State;
import io.plumbline.matrix.oracle.Verdict;
import io.plumbline.matrix.registry.Strategy;
import io.plumbline.matrix.run.CaseResult;
import io.plumbline.matrix.run.StandardRun;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A case whose engine is killed in the middle of a load. */
@Isolated("The engine that was started last is killed, and must be its own.")
final class KilledEngineTest {
  private final OwnPair pair =
      new OwnPair(
          new ClickhouseConnector(),
          EnumSet.of(Strategy.INCREMENTAL_MERGE, Strategy.PARTITION_REPLACE));
  @TempDir private Path artifacts;
  private final List<Long> versions = new ArrayList<>();

  private StandardRun newRun() {
    return pair.run(500, artifacts);
  }

  /** Loads the base, and dies while the changes are on their way. */
  private Mover dying() {
    return request -> {
      boolean second = note(request);
      try {
        new ReferenceMover()
            .move(
                second
                    ? request.withWriter(plan -> new DyingLoad(request.writer().begin(plan)))
                    : request);
      } finally {
        note(request);
      }
    };
  }

  /** True when there is a state. */
  private boolean note(MoveRequest request) {
    long version = request.states().read().map(State::version).orElse(0L);
    versions.add(version);
    return version > 0;
  }

  /** Takes rows, and when they are to be published there is no engine any more. */
  private static final class DyingLoad extends ForwardingLoad {
    DyingLoad(Load load) {
      super(load);
    }

    @Override
    public void publish() {
      Clickhouse.newestEngine().destroyForcibly();
      super.publish();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"INCREMENTAL_MERGE", "PARTITION_REPLACE"})
  void isAnErrorThatNamesTheSystemAndTheStateStays(Strategy strategy) {
    Clickhouse.library();
    StandardRun run = newRun();
    CaseResult result = run.run(pair.of(strategy), dying());
    assertThat(result.verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(result.failure()).isInstanceOf(SystemFailureException.class);
    assertThat(result.reason()).startsWith("clickhouse: ");
    assertThat(versions).as("before and after each load").containsExactly(0L, 1L, 1L, 1L);
    run.close();

    try (StandardRun next = newRun()) {
      assertThat(next.run(pair.of(strategy)).verdict()).isEqualTo(Verdict.PASS);
    }
  }
}

package io.plumbline.connector.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.matrix.connector.Load;
import io.plumbline.matrix.connector.LoadTotals;
import io.plumbline.matrix.connector.RowBatch;
import io.plumbline.matrix.connector.SystemFailureException;
import io.plumbline.matrix.mover.MoveRequest;
import io.plumbline.matrix.mover.Mover;
import io.plumbline.matrix.mover.ReferenceMover;
import io.plumbline.matrix.mover.State;
import io.plumbline.matrix.oracle.Verdict;
import io.plumbline.matrix.registry.Matrix;
import io.plumbline.matrix.registry.MatrixCase;
import io.plumbline.matrix.registry.RunMode;
import io.plumbline.matrix.run.CaseResult;
import io.plumbline.matrix.run.RunSettings;
import io.plumbline.matrix.run.StandardRun;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A case whose engine is killed in the middle of a load. */
final class KilledEngineTest {
  private static final String REGISTRY =
      """
      schema: plumbline.matrix.registry/1
      sources: [clickhouse]
      sinks: [clickhouse]
      strategies: [full_refresh, incremental_append, incremental_merge, replace, snapshot_diff,
                   partition_replace, scd2, backfill]
      rejections: []
      """;

  @TempDir private Path artifacts;
  private final List<Long> versions = new ArrayList<>();

  private static MatrixCase matrixCase(String strategy) {
    return matrix().find("clickhouse_to_clickhouse__" + strategy).orElseThrow();
  }

  private static Matrix matrix() {
    return Matrix.read("test", new ByteArrayInputStream(REGISTRY.getBytes(StandardCharsets.UTF_8)));
  }

  private StandardRun newRun() {
    return new StandardRun(
        new RunSettings(
            RunMode.MOCK_LOCAL,
            Clickhouse.volume(500),
            artifacts,
            1,
            Duration.ofMinutes(5),
            Duration.ofMinutes(5)),
        matrix(),
        List.of(new ClickhouseConnector()));
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
  private record DyingLoad(Load load) implements Load {
    @Override
    public void write(RowBatch batch) {
      load.write(batch);
    }

    @Override
    public void publish() {
      Clickhouse.newestEngine().destroyForcibly();
      load.publish();
    }

    @Override
    public LoadTotals held() {
      return load.held();
    }

    @Override
    public void close() {
      load.close();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"incremental_merge", "partition_replace"})
  void isAnErrorThatNamesTheSystemAndTheStateStays(String strategy) {
    Clickhouse.library();
    StandardRun run = newRun();
    CaseResult result = run.run(matrixCase(strategy), dying());
    assertThat(result.verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(result.failure()).isInstanceOf(SystemFailureException.class);
    assertThat(result.reason()).startsWith("clickhouse: ");
    assertThat(versions).as("before and after each load").containsExactly(0L, 1L, 1L, 1L);
    run.close();

    try (StandardRun next = newRun()) {
      assertThat(next.run(matrixCase(strategy)).verdict()).isEqualTo(Verdict.PASS);
    }
  }
}

package io.plumbline.matrix.cases;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.matrix.cases.DyingMover.Moment;
import io.plumbline.matrix.oracle.Check;
import io.plumbline.matrix.oracle.CheckResult;
import io.plumbline.matrix.registry.Matrix;
import io.plumbline.matrix.registry.MatrixCase;
import io.plumbline.matrix.registry.RunMode;
import io.plumbline.matrix.run.CaseResult;
import io.plumbline.matrix.run.StandardRun;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A mover that dies and is started again delivers everything, and nothing twice. */
@Execution(ExecutionMode.CONCURRENT)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RestartTest {
  /** The harness sees, rightly, that phases were begun twice, and that rows were read twice. */
  private static final Set<Check> OF_A_RESTART = EnumSet.of(Check.PHASE_ORDER, Check.RECORDS_READ);

  /**
   * What was made visible twice was counted twice; in a log lie both attempts, and the mark between
   * them says that the first does not count.
   */
  private static final Set<Check> OF_TWO_ATTEMPTS =
      EnumSet.of(
          Check.PHASE_ORDER,
          Check.RECORDS_READ,
          Check.OPERATION_COUNTS,
          Check.EVENTS,
          Check.EVENT_ORDER);

  private final Matrix matrix = Matrix.ofClassPath(Matrix.CANONICAL);
  private @Nullable StandardRun inMemory;
  private @Nullable StandardRun onRealSystems;

  @BeforeAll
  void begin(@TempDir Path artifacts) {
    inMemory = SmallRun.of(RunMode.MOCK_CONTRACT, 150, artifacts);
    onRealSystems = SmallRun.of(RunMode.MOCK_LOCAL, 1_000, artifacts);
  }

  @AfterAll
  void end() {
    for (StandardRun run : new StandardRun[] {inMemory, onRealSystems}) {
      if (run != null) {
        run.close();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Moment.class)
  void everyCaseInMemoryIsRightAfterARestart(Moment moment) {
    for (MatrixCase one : matrix.supported()) {
      assertRight(inMemory, one, moment);
    }
  }

  /**
   * Loads of every kind, on the engines whose tables are exchanged or versioned; and each change
   * log, into a sink that shows every event that ever came.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgres_to_mssql__scd2",
        "postgres_to_mssql__full_refresh",
        "postgres_to_postgres__scd2",
        "postgres_to_clickhouse__scd2",
        "postgres_to_kafka__cdc",
        "mysql_to_kafka__cdc"
      })
  void everyLoadIsRightOnRealSystems(String caseId) {
    MatrixCase one = matrix.find(caseId).orElseThrow();
    for (Moment moment : Moment.values()) {
      assertRight(onRealSystems, one, moment);
    }
  }

  private static void assertRight(@Nullable StandardRun begun, MatrixCase one, Moment moment) {
    StandardRun run = Objects.requireNonNull(begun);
    DyingMover mover = new DyingMover(moment);
    boolean visible = moment == Moment.RECONCILING || moment == Moment.COMMITTING;
    Set<Check> differing = visible ? OF_TWO_ATTEMPTS : OF_A_RESTART;
    CaseResult result = run.run(one, mover);
    if (result.failure() != null) {
      throw new AssertionError(one.id() + " " + moment, result.failure());
    }
    assertThat(mover.deaths()).as(one.id() + " " + moment).isPositive();
    assertThat(result.rounds().stream().flatMap(round -> round.checks().stream()))
        .as(one.id() + " " + moment)
        .filteredOn(check -> !differing.contains(check.check()))
        .filteredOn(
            check ->
                check.outcome() == CheckResult.Outcome.FAIL
                    || check.outcome() == CheckResult.Outcome.UNKNOWN)
        .isEmpty();
  }
}

package io.plumbline.matrix.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.matrix.connector.CaseScope;
import io.plumbline.matrix.connector.Connector;
import io.plumbline.matrix.connector.ExternalEndpoint;
import io.plumbline.matrix.connector.Feature;
import io.plumbline.matrix.connector.RunningSystem;
import io.plumbline.matrix.connector.Sink;
import io.plumbline.matrix.connector.Source;
import io.plumbline.matrix.connector.SystemFailureException;
import io.plumbline.matrix.connector.SystemInfo;
import io.plumbline.matrix.connector.SystemUnavailableException;
import io.plumbline.matrix.memory.MemorySystem;
import io.plumbline.matrix.mover.ReferenceMover;
import io.plumbline.matrix.oracle.Verdict;
import io.plumbline.matrix.registry.CaseId;
import io.plumbline.matrix.registry.Family;
import io.plumbline.matrix.registry.InvalidInputException;
import io.plumbline.matrix.registry.MatrixCase;
import io.plumbline.matrix.registry.RunMode;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which systems a run starts, when, and what becomes of cases without one. */
class SystemsTest {
  private static final Family STARTED = new Family("clickhouse");

  private static CaseResult onRealSystems(OneRow.Starting sink) {
    List<Connector> connectors =
        OneRow.connectorsBut(Set.of(STARTED), c -> c.with(sink), MemorySystem::new);
    RunSettings settings = OneRow.onRealSystems(Map.of());
    try (StandardRun run = new StandardRun(settings, StandardRunTest.cube(), connectors)) {
      CaseResult first =
          run.run(StandardRunTest.cube().find("mssql_to_clickhouse__scd2").orElseThrow());
      CaseResult again =
          run.run(StandardRunTest.cube().find("mssql_to_clickhouse__scd2").orElseThrow());
      assertThat(again.verdict()).isEqualTo(first.verdict());
      assertThat(again.reason()).isEqualTo(first.reason());
      return first;
    }
  }

  @Test
  void aCaseWhoseSystemCannotBeHadIsSkippedWithTheReason() {
    Family family = new Family("clickhouse");
    CaseResult result =
        onRealSystems(
            new OneRow.Starting(
                () -> {
                  throw new SystemUnavailableException(family, "install it");
                }));
    assertThat(result.verdict()).isEqualTo(Verdict.SKIPPED);
    assertThat(result.reason()).isEqualTo("clickhouse: install it");
  }

  @Test
  void aCaseWhoseSystemDoesNotStartIsABrokenLab() {
    CaseResult result =
        onRealSystems(
            new OneRow.Starting(
                () -> {
                  throw new IllegalStateException("no");
                }));
    assertThat(result.verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(result.failure()).isInstanceOf(SystemFailureException.class);
  }

  /** A family that nothing on the class path starts, in a run of some mode. */
  private static CaseResult onNobody(
      RunMode mode, SystemSettings.Missing missing, boolean documentedOnly) {
    List<String> begun = new CopyOnWriteArrayList<>();
    List<Connector> connectors =
        OneRow.connectorsBut(
            Set.of(STARTED),
            c -> c.documented(documentedOnly),
            c -> {
              begun.add(c.family().id());
              return new MemorySystem(c);
            });
    RunSettings settings =
        OneRow.settings(
            mode, new SystemSettings(Map.of(), Map.of(), missing, Duration.ofSeconds(7)));
    try (StandardRun run = new StandardRun(settings, StandardRunTest.cube(), connectors)) {
      MatrixCase one = StandardRunTest.cube().find("mssql_to_clickhouse__scd2").orElseThrow();
      run.prepare(List.of(one));
      CaseResult result = run.run(one);
      assertThat(begun).isEmpty();
      return result;
    }
  }

  @ParameterizedTest
  @CsvSource({
    "REAL_LOCAL, ERROR, UNKNOWN",
    "REAL_LOCAL, SKIP, SKIPPED",
    "MOCK_LOCAL, SKIP, SKIPPED"
  })
  void aFamilyThatNobodyStartsIsAnErrorUnlessToldOtherwise(
      RunMode mode, SystemSettings.Missing missing, Verdict verdict) {
    CaseResult result = onNobody(mode, missing, false);
    assertThat(result.verdict()).isEqualTo(verdict);
    assertThat(result.reason())
        .isEqualTo(
            "clickhouse: nothing on the class path starts it in run mode %s; matrix.system.clickhouse=external takes a server of yours where its connector can reach one, and matrix.missing-system=skip skips these cases."
                .formatted(mode.id()));
  }

  /** A sink that cannot do what its family declares. */
  private static RunningSystem withoutHistory(Connector connector) {
    RunningSystem memory = new MemorySystem(connector);
    return new RunningSystem() {
      @Override
      public SystemInfo info() {
        return memory.info();
      }

      @Override
      public Optional<String> missing(Feature feature) {
        return feature == Feature.HISTORY
            ? Optional.of("this server keeps none")
            : Optional.empty();
      }

      @Override
      public Source openSource(CaseScope scope) {
        return memory.openSource(scope);
      }

      @Override
      public Sink openSink(CaseScope scope) {
        return memory.openSink(scope);
      }

      @Override
      public void close() {
        memory.close();
      }
    };
  }

  @ParameterizedTest
  @CsvSource({"ERROR, UNKNOWN", "SKIP, SKIPPED"})
  void aSystemThatCannotDoWhatItsFamilyDeclaresIsAsGoodAsNone(
      SystemSettings.Missing missing, Verdict verdict) {
    RunSettings settings =
        OneRow.settings(
            RunMode.MOCK_LOCAL,
            new SystemSettings(Map.of(), Map.of(), missing, Duration.ofSeconds(7)));
    List<Connector> connectors = OneRow.connectors(SystemsTest::withoutHistory);
    try (StandardRun run = new StandardRun(settings, StandardRunTest.cube(), connectors)) {
      CaseResult history =
          run.run(StandardRunTest.cube().find("mssql_to_clickhouse__scd2").orElseThrow());
      assertThat(history.verdict()).isEqualTo(verdict);
      assertThat(history.reason()).isEqualTo("clickhouse: this server keeps none");
      CaseResult other =
          run.run(StandardRunTest.cube().find("mssql_to_clickhouse__full_refresh").orElseThrow());
      assertThat(other.verdict()).isEqualTo(Verdict.PASS);
    }
  }

  @ParameterizedTest
  @CsvSource({"REAL_LOCAL, ERROR", "REAL_LOCAL, SKIP", "MOCK_LOCAL, SKIP"})
  void aFamilyThatIsDocumentedOnlyIsSkippedWhereNobodyStartsIt(
      RunMode mode, SystemSettings.Missing missing) {
    CaseResult result = onNobody(mode, missing, true);
    assertThat(result.verdict()).isEqualTo(Verdict.SKIPPED);
    assertThat(result.reason())
        .isEqualTo(
            "documented contract only: family clickhouse has no engine in run mode " + mode.id());
  }

  @Test
  void aRunInMemoryHasNoSystemThatIsThereAlready() {
    SystemSettings external =
        SystemSettings.of(
            RunMode.MOCK_CONTRACT, Map.of(STARTED, new ExternalEndpoint("somewhere", "", "")));
    assertThatThrownBy(
            () ->
                new StandardRun(
                    OneRow.settings(RunMode.MOCK_CONTRACT, external),
                    StandardRunTest.cube(),
                    OneRow.connectors(MemorySystem::new)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("allowed are run modes with real systems");
  }

  @Test
  void theSystemsThatCasesNeedAreStartedTogetherAndNoOther() {
    CyclicBarrier together = new CyclicBarrier(2);
    Set<String> ready = ConcurrentHashMap.newKeySet();
    Progress progress =
        new Progress() {
          @Override
          public void note(CaseId caseId, String text) {}

          @Override
          public void ready(SystemInfo system, Duration took) {
            ready.add(system.family().id());
          }
        };
    List<Connector> connectors =
        OneRow.connectors(
            c -> {
              try {
                together.await(10, TimeUnit.SECONDS);
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
              return new MemorySystem(c);
            });
    try (StandardRun run =
        new StandardRun(
            OneRow.onRealSystems(Map.of()),
            StandardRunTest.cube(),
            connectors,
            new ReferenceMover(),
            InstantSource.system(),
            progress)) {
      run.prepare(
          List.of(
              StandardRunTest.cube().find("mssql_to_clickhouse__scd2").orElseThrow(),
              StandardRunTest.cube().find("kafka_to_mssql__xmin").orElseThrow()));
      assertThat(
              run.run(StandardRunTest.cube().find("mssql_to_clickhouse__scd2").orElseThrow())
                  .verdict())
          .isEqualTo(Verdict.PASS);
      assertThat(run.systems())
          .extracting(system -> system.family().id())
          .containsExactly("clickhouse", "mssql");
      assertThat(ready).containsExactlyInAnyOrder("clickhouse", "mssql");
    }
  }

  @Test
  void aCaseIsSettledWhenItsSystemsHaveStartedOrFailed() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    List<Connector> connectors =
        OneRow.connectors(
            c -> {
              if (c.family().id().equals("clickhouse")) {
                throw new IllegalStateException("no");
              }
              if (c.family().id().equals("mssql")) {
                await(go);
              }
              return new MemorySystem(c);
            });
    MatrixCase slow = StandardRunTest.cube().find("mssql_to_postgres__scd2").orElseThrow();
    MatrixCase slowAndBroken =
        StandardRunTest.cube().find("mssql_to_clickhouse__scd2").orElseThrow();
    MatrixCase broken = StandardRunTest.cube().find("postgres_to_clickhouse__scd2").orElseThrow();
    try (StandardRun run =
        new StandardRun(OneRow.onRealSystems(Map.of()), StandardRunTest.cube(), connectors)) {
      run.prepare(List.of(slow, slowAndBroken, broken));
      try {
        run.settled(broken).get(10, TimeUnit.SECONDS);
        assertThat(run.settled(slow)).isNotDone();
        assertThat(run.settled(slowAndBroken)).isNotDone();
      } finally {
        go.countDown();
      }
      run.settled(slow).get(10, TimeUnit.SECONDS);
      run.settled(slowAndBroken).get(10, TimeUnit.SECONDS);
    }
  }

  private static void await(CountDownLatch go) {
    try {
      go.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aSystemWhoseOtherSideCannotBeHadIsNotStarted() {
    Set<String> started = ConcurrentHashMap.newKeySet();
    List<Connector> connectors =
        PlainConnector.ofTheCube().stream()
            .map(PlainConnector.class::cast)
            .<Connector>map(
                c ->
                    c.family().id().equals("mssql")
                        ? c.with(
                            new OneRow.Starting(
                                () -> {
                                  started.add(c.family().id());
                                  return new MemorySystem(c);
                                }))
                        : c)
            .toList();
    try (StandardRun run =
        new StandardRun(OneRow.onRealSystems(Map.of()), StandardRunTest.cube(), connectors)) {
      run.prepare(List.of(StandardRunTest.cube().find("mssql_to_clickhouse__scd2").orElseThrow()));
    }
    assertThat(started).as("after those that were being started").isEmpty();
  }

  @Test
  void aFamilyWithoutAWayToConnectIsABrokenLabWhenItIsExternal() {
    Family family = new Family("clickhouse");
    try (StandardRun run =
        new StandardRun(
            OneRow.onRealSystems(Map.of(family, new ExternalEndpoint("somewhere", "u", "p"))),
            StandardRunTest.cube(),
            OneRow.connectors(MemorySystem::new))) {
      CaseResult result =
          run.run(StandardRunTest.cube().find("mssql_to_clickhouse__scd2").orElseThrow());
      assertThat(result.verdict()).isEqualTo(Verdict.UNKNOWN);
      assertThat(result.reason())
          .isEqualTo(
              "Family clickhouse cannot be external: its connector connects to no system that is there already.");
    }
  }

  @Test
  void anExternalSystemOfAnUnknownFamilyIsRefused() {
    RunSettings settings =
        OneRow.onRealSystems(
            Map.of(new Family("oracle"), new ExternalEndpoint("somewhere", "", "")));
    assertThatThrownBy(
            () ->
                new StandardRun(
                    settings, StandardRunTest.cube(), OneRow.connectors(MemorySystem::new)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("No connector of family 'oracle' is on the class path");
  }
}

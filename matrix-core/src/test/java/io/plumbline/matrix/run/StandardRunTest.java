package io.plumbline.matrix.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.matrix.connector.CaseScope;
import io.plumbline.matrix.connector.Connector;
import io.plumbline.matrix.connector.EndpointProvider;
import io.plumbline.matrix.connector.EvidenceLevel;
import io.plumbline.matrix.connector.ExternalEndpoint;
import io.plumbline.matrix.connector.Fixture;
import io.plumbline.matrix.connector.RunningSystem;
import io.plumbline.matrix.connector.Sink;
import io.plumbline.matrix.connector.Source;
import io.plumbline.matrix.connector.SourceReader;
import io.plumbline.matrix.connector.StartedEndpoint;
import io.plumbline.matrix.connector.SystemFailureException;
import io.plumbline.matrix.connector.SystemInfo;
import io.plumbline.matrix.connector.SystemProvider;
import io.plumbline.matrix.connector.SystemUnavailableException;
import io.plumbline.matrix.dataset.Volume;
import io.plumbline.matrix.memory.MemorySystem;
import io.plumbline.matrix.mover.Mover;
import io.plumbline.matrix.mover.ReferenceMover;
import io.plumbline.matrix.oracle.Verdict;
import io.plumbline.matrix.registry.CaseId;
import io.plumbline.matrix.registry.Family;
import io.plumbline.matrix.registry.InvalidInputException;
import io.plumbline.matrix.registry.Matrix;
import io.plumbline.matrix.registry.MatrixCase;
import io.plumbline.matrix.registry.RunMode;
import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

public class StandardRunTest {
  private static final String REGISTRY =
      """
      schema: plumbline.matrix.registry/1
      sources: [postgres, mssql, mysql, clickhouse, api, kafka]
      sinks: [mssql, postgres, clickhouse, bigquery, kafka]
      strategies: [full_refresh, incremental_append, incremental_merge, replace, snapshot_diff, partition_replace, scd2, backfill, xmin, cdc]
      rejections:
        - strategy: [xmin]
          source: [mssql, mysql, clickhouse, api, kafka]
          code: source_has_no_xmin
          reason: Only PostgreSQL keeps the transaction that wrote a row.
          instead: [incremental_merge, snapshot_diff]
        - strategy: [cdc]
          source: [clickhouse, api, kafka]
          code: source_has_no_change_log
          reason: There is no log of changes.
          instead: [incremental_merge, snapshot_diff]
        - strategy: [partition_replace, backfill]
          sink: [kafka]
          code: sink_has_no_partitions
          reason: A topic has no partition to replace.
          instead: [replace]
        - strategy: [scd2]
          sink: [kafka]
          code: sink_has_no_history
          reason: A topic has no rows to close.
          instead: [snapshot_diff]
      """;

  static RunSettings settings(Volume volume) {
    return new RunSettings(
        RunMode.MOCK_CONTRACT,
        volume,
        Path.of("target/unused"),
        2,
        Duration.ofMinutes(5),
        Duration.ofMinutes(5));
  }

  public static Matrix cube() {
    return Matrix.read(
        "cube.yaml", new ByteArrayInputStream(REGISTRY.getBytes(StandardCharsets.UTF_8)));
  }

  @ParameterizedTest
  @CsvSource({"1,0.20,0.05,120", "100,0.29,0.29,120", "100,0,0,8", "700,0.5,0.1,120", "37,1,0.5,3"})
  void everyCaseOfTheCubeHoldsAtAnyVolume(
      long rows, BigDecimal changeRatio, BigDecimal deleteRatio, int wideColumns) {
    Volume volume = new Volume(rows, changeRatio, deleteRatio, wideColumns, 7);
    Map<String, String> notPassed = new TreeMap<>();
    try (StandardRun run = new StandardRun(settings(volume), cube(), PlainConnector.ofTheCube())) {
      for (MatrixCase matrixCase : cube().cases()) {
        CaseResult result = run.run(matrixCase);
        Verdict expected = matrixCase.supported() ? Verdict.PASS : Verdict.REJECTED_AS_DECLARED;
        if (result.verdict() != expected) {
          notPassed.put(matrixCase.id().toString(), result.verdict() + " " + result.reason());
        }
      }
    }
    assertThat(notPassed).isEmpty();
  }

  @Test
  void theCubeHasItsDocumentedSize() {
    assertThat(cube().cases()).hasSize(300);
    assertThat(cube().supported()).hasSize(242);
  }

  @Test
  void checksumsComeInAFixedOrder() {
    try (StandardRun run =
        new StandardRun(
            settings(new Volume(50, new BigDecimal("0.2"), BigDecimal.ZERO, 3, 7)),
            cube(),
            PlainConnector.ofTheCube())) {
      CaseResult result = run.run(cube().find("postgres_to_mssql__xmin").orElseThrow());
      assertThat(result.rounds().get(0).checksums().keySet()).containsExactly("expected", "actual");
    }
  }

  /** A system that starts, or does not, as it is told. */
  private record Starting(Supplier<RunningSystem> start) implements SystemProvider {
    @Override
    public boolean serves(RunMode mode) {
      return true;
    }

    @Override
    public RunningSystem start(Path workDirectory) {
      return start.get();
    }
  }

  private static CaseResult onRealSystems(Starting sink) {
    Family family = new Family("clickhouse");
    List<Connector> connectors =
        PlainConnector.ofTheCube().stream()
            .map(PlainConnector.class::cast)
            .<Connector>map(
                c ->
                    c.with(
                        c.family().equals(family) ? sink : new Starting(() -> new MemorySystem(c))))
            .toList();
    RunSettings settings =
        new RunSettings(
            RunMode.MOCK_LOCAL,
            new Volume(1, BigDecimal.ZERO, BigDecimal.ZERO, 0, 7),
            Path.of("target/unused"),
            1,
            Duration.ofMinutes(5),
            Duration.ofMinutes(5));
    try (StandardRun run = new StandardRun(settings, cube(), connectors)) {
      CaseResult first = run.run(cube().find("mssql_to_clickhouse__scd2").orElseThrow());
      CaseResult again = run.run(cube().find("mssql_to_clickhouse__scd2").orElseThrow());
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
            new Starting(
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
            new Starting(
                () -> {
                  throw new IllegalStateException("no");
                }));
    assertThat(result.verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(result.failure()).isInstanceOf(SystemFailureException.class);
  }

  private static final Family STARTED = new Family("clickhouse");

  /** A run of real_local in which one family is started as a container would be. */
  private static CaseResult onStarted(
      SystemSettings systems, Function<EndpointProvider.Request, StartedEndpoint> start) {
    return onStarted(systems, List.of(provider(start)));
  }

  private static EndpointProvider provider(
      Function<EndpointProvider.Request, StartedEndpoint> start) {
    return new EndpointProvider() {
      @Override
      public Set<Family> families() {
        return Set.of(STARTED);
      }

      @Override
      public StartedEndpoint start(Request request) {
        return start.apply(request);
      }
    };
  }

  private static CaseResult onStarted(SystemSettings systems, List<EndpointProvider> providers) {
    try (StandardRun run = startedRun(real(systems), providers)) {
      return run.run(cube().find("mssql_to_clickhouse__scd2").orElseThrow());
    }
  }

  private static StandardRun startedRun(RunSettings settings, List<EndpointProvider> providers) {
    List<Connector> connectors =
        PlainConnector.ofTheCube().stream()
            .map(PlainConnector.class::cast)
            .<Connector>map(
                c ->
                    c.family().equals(STARTED)
                        ? c
                        : c.with(new Starting(() -> new MemorySystem(c))))
            .toList();
    return new StandardRun(
        settings,
        cube(),
        connectors,
        providers,
        new ReferenceMover(),
        InstantSource.system(),
        Progress.SILENT);
  }

  private static RunSettings real(SystemSettings systems) {
    return new RunSettings(
        RunMode.REAL_LOCAL,
        new Volume(1, BigDecimal.ZERO, BigDecimal.ZERO, 0, 7),
        Path.of("target/unused"),
        1,
        Duration.ofMinutes(5),
        Duration.ofMinutes(5),
        systems);
  }

  private static SystemSettings systems(SystemSettings.Missing missing) {
    return new SystemSettings(
        Map.of(), Map.of(STARTED, "somebody/clickhouse:1"), missing, Duration.ofSeconds(7));
  }

  @ParameterizedTest
  @CsvSource({"ERROR, UNKNOWN", "SKIP, SKIPPED"})
  void aContainerThatCannotBeHadIsAnErrorUnlessToldOtherwise(
      SystemSettings.Missing missing, Verdict verdict) {
    CaseResult result =
        onStarted(
            systems(missing),
            request -> {
              throw new SystemUnavailableException(request.family(), "no engine");
            });
    assertThat(result.verdict()).isEqualTo(verdict);
    assertThat(result.reason()).isEqualTo("clickhouse: no engine");
    assertThat(result.failure() instanceof SystemFailureException)
        .isEqualTo(verdict == Verdict.UNKNOWN);
  }

  /** A family that nothing on the class path starts, in a run of some mode. */
  private static CaseResult onNobody(
      RunMode mode, SystemSettings.Missing missing, boolean documentedOnly) {
    List<String> begun = new CopyOnWriteArrayList<>();
    List<Connector> connectors =
        PlainConnector.ofTheCube().stream()
            .map(PlainConnector.class::cast)
            .<Connector>map(
                c ->
                    c.family().equals(STARTED)
                        ? c.documented(documentedOnly)
                        : c.with(
                            new Starting(
                                () -> {
                                  begun.add(c.family().id());
                                  return new MemorySystem(c);
                                })))
            .toList();
    RunSettings settings =
        new RunSettings(
            mode,
            new Volume(1, BigDecimal.ZERO, BigDecimal.ZERO, 0, 7),
            Path.of("target/unused"),
            1,
            Duration.ofMinutes(5),
            Duration.ofMinutes(5),
            new SystemSettings(Map.of(), Map.of(), missing, Duration.ofSeconds(7)));
    try (StandardRun run = new StandardRun(settings, cube(), connectors)) {
      MatrixCase one = cube().find("mssql_to_clickhouse__scd2").orElseThrow();
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
  void aContainerIsStartedAsTheRunWasToldAndRemovedWhenItCannotBeReached() {
    List<String> seen = new CopyOnWriteArrayList<>();
    CaseResult result =
        onStarted(
            systems(SystemSettings.Missing.ERROR),
            request -> {
              seen.add(request.toString());
              return new StartedEndpoint() {
                @Override
                public ExternalEndpoint endpoint() {
                  return new ExternalEndpoint("nowhere", "u", "p");
                }

                @Override
                public SystemInfo info(SystemInfo told) {
                  return told;
                }

                @Override
                public void close() {
                  seen.add("removed");
                }
              };
            });
    assertThat(result.verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(seen)
        .containsExactly(
            "Request[family=clickhouse, image=Optional[somebody/clickhouse:1], version=Optional.empty, deadline=PT7S]",
            "removed");
  }

  @Test
  void aFamilyThatTwoProvidersStartIsRefused() {
    EndpointProvider one =
        provider(
            request -> {
              throw new IllegalStateException("not asked");
            });
    assertThatThrownBy(() -> onStarted(systems(SystemSettings.Missing.ERROR), List.of(one, one)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("Systems of family 'clickhouse' are started by ")
        .hasMessageEndingWith("; allowed is one of them on the class path.");
  }

  @Test
  void anImageOfAFamilyThatIsNotStartedFromOneIsRefused() {
    SystemSettings systems =
        new SystemSettings(
            Map.of(),
            Map.of(new Family("api"), "some/api:1"),
            SystemSettings.Missing.ERROR,
            Duration.ofSeconds(7));
    assertThatThrownBy(
            () ->
                onStarted(
                    systems,
                    request -> {
                      throw new IllegalStateException("not asked");
                    }))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "An image was named for family 'api', which is not started from an image; allowed are [clickhouse].");
  }

  private static SystemSettings versions(Family family, String... versions) {
    return new SystemSettings(
        Map.of(),
        Map.of(),
        Map.of(family, List.of(versions)),
        SystemSettings.Missing.ERROR,
        Duration.ofSeconds(7));
  }

  /** Serves in memory and says that it is of some version. */
  private record Server(String version, Runnable removed) implements StartedEndpoint {
    @Override
    public ExternalEndpoint endpoint() {
      return new ExternalEndpoint(PlainConnector.IN_MEMORY, "", "");
    }

    @Override
    public SystemInfo info(SystemInfo told) {
      return new SystemInfo(told.family(), "ClickHouse", version, EvidenceLevel.CONTAINER);
    }

    @Override
    public void close() {
      removed.run();
    }
  }

  @Test
  void eachVersionIsASystemOfItsOwnThatIsStartedOnce() {
    List<String> seen = new CopyOnWriteArrayList<>();
    RunSettings settings = real(versions(STARTED, "24.8", "25.8"));
    Matrix matrix = cube().withVersions(settings.systems().versions());
    List<MatrixCase> cases =
        matrix.cases().stream()
            .filter(c -> c.id().base().toString().matches("mssql_to_clickhouse__(replace|scd2)"))
            .toList();
    assertThat(cases).hasSize(4);
    List<EndpointProvider> providers =
        List.of(
            provider(
                request -> {
                  String version = request.version().orElse("none");
                  seen.add("started " + version);
                  return new Server(version + ".1.1", () -> seen.add("removed " + version));
                }));
    try (StandardRun run = startedRun(settings, providers)) {
      run.prepare(cases);
      cases.forEach(each -> run.settled(each).join());
      for (MatrixCase each : cases) {
        CaseResult result = run.run(each);
        assertThat(result.verdict()).as(result.reason()).isEqualTo(Verdict.PASS);
        assertThat(result.contract().orElseThrow().sink().version())
            .isEqualTo(each.id().version(STARTED).orElseThrow() + ".1.1");
      }
      assertThat(run.systems())
          .filteredOn(system -> system.family().equals(STARTED))
          .extracting(SystemInfo::version)
          .containsExactly("24.8.1.1", "25.8.1.1");
      assertThat(seen).containsExactlyInAnyOrder("started 24.8", "started 25.8");
    }
    assertThat(seen)
        .containsExactlyInAnyOrder("started 24.8", "started 25.8", "removed 24.8", "removed 25.8");
  }

  @Test
  void aLoadIsNamedAsInMemoryBecauseSystemsKeepItsNameInAShortColumn() {
    Set<String> loads = ConcurrentHashMap.newKeySet();
    RunSettings settings = real(versions(STARTED, "25.8.1.1-with-a-long-name"));
    MatrixCase one =
        cube().withVersions(settings.systems().versions()).cases().stream()
            .filter(c -> c.id().base().toString().equals("mssql_to_clickhouse__scd2"))
            .findFirst()
            .orElseThrow();
    try (StandardRun run =
        startedRun(settings, List.of(provider(request -> new Server("25.8.1.1", () -> {}))))) {
      run.run(
          one,
          request ->
              new ReferenceMover()
                  .move(
                      request.withWriter(
                          plan -> {
                            loads.add(plan.loadId());
                            return request.writer().begin(plan);
                          })));
    }
    assertThat(loads).contains("mssql_to_clickhouse__scd2-1").allMatch(id -> !id.contains("@"));
  }

  @ParameterizedTest
  @CsvSource({
    "25.8, 25.8.1.1, true",
    "25.8.1.1-alpine, 25.8.1.1 (build 7), true",
    "4.1.0, metadata.version 27, true",
    "25.8, 25, true",
    "25.8, 25.80.1, false",
    "25, 24.8.1.1, false",
    "2, 25.8.1.1, false"
  })
  void aSystemThatSaysItIsOfAnotherVersionIsABrokenLabAndIsRemoved(
      String told, String is, boolean accepted) {
    List<String> seen = new CopyOnWriteArrayList<>();
    RunSettings settings = real(versions(STARTED, told));
    MatrixCase one =
        cube()
            .withVersions(settings.systems().versions())
            .find("mssql_to_clickhouse__scd2@clickhouse-" + told)
            .orElseThrow();
    try (StandardRun run =
        startedRun(
            settings, List.of(provider(request -> new Server(is, () -> seen.add("removed")))))) {
      CaseResult result = run.run(one);
      assertThat(result.verdict()).isEqualTo(accepted ? Verdict.PASS : Verdict.UNKNOWN);
      if (!accepted) {
        assertThat(result.failure()).isInstanceOf(SystemFailureException.class);
        assertThat(result.reason())
            .contains(
                "version %s was asked for, and what was started says that it is ClickHouse %s"
                    .formatted(told, is));
        assertThat(seen).containsExactly("removed");
      }
    }
    assertThat(seen).containsExactly("removed");
  }

  @Test
  void aVersionOfAFamilyThatIsNotStartedFromAnImageIsRefused() {
    assertThatThrownBy(
            () ->
                onStarted(
                    versions(new Family("api"), "1"),
                    request -> {
                      throw new IllegalStateException("not asked");
                    }))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "A version was named for family 'api', which is not started from an image; allowed are [clickhouse].");
  }

  @Test
  void aRunInMemoryHasNoVersions() {
    RunSettings settings = inMemory(versions(STARTED, "25.8"));
    assertThatThrownBy(() -> new StandardRun(settings, cube(), onReal(MemorySystem::new)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith(
            "Versions of [clickhouse] were asked for and the run mode is mock_contract; allowed is real_local");
  }

  @Test
  void aRunInMemoryHasNoSystemThatIsThereAlready() {
    SystemSettings external =
        SystemSettings.of(
            RunMode.MOCK_CONTRACT, Map.of(STARTED, new ExternalEndpoint("somewhere", "", "")));
    assertThatThrownBy(() -> new StandardRun(inMemory(external), cube(), onReal(MemorySystem::new)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("allowed are run modes with real systems");
  }

  @Test
  void anImageIsOfNoUseToARunInMemoryAndDoesNoHarm() {
    RunSettings settings = inMemory(systems(SystemSettings.Missing.ERROR));
    try (StandardRun run = new StandardRun(settings, cube(), onReal(MemorySystem::new))) {
      assertThat(run.systems()).isEmpty();
    }
  }

  private static RunSettings inMemory(SystemSettings systems) {
    return new RunSettings(
        RunMode.MOCK_CONTRACT,
        Volume.DEFAULT,
        Path.of("target/unused"),
        1,
        Duration.ofMinutes(5),
        Duration.ofMinutes(5),
        systems);
  }

  private static RunSettings realSettings(Map<Family, ExternalEndpoint> external) {
    return new RunSettings(
        RunMode.MOCK_LOCAL,
        new Volume(1, BigDecimal.ZERO, BigDecimal.ZERO, 0, 7),
        Path.of("target/unused"),
        1,
        Duration.ofMinutes(5),
        Duration.ofMinutes(5),
        SystemSettings.of(RunMode.MOCK_LOCAL, external));
  }

  /** The connectors of the cube, each with a system of its own. */
  static List<Connector> onReal(Function<PlainConnector, RunningSystem> systems) {
    return PlainConnector.ofTheCube().stream()
        .map(PlainConnector.class::cast)
        .<Connector>map(c -> c.with(new Starting(() -> systems.apply(c))))
        .toList();
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
        onReal(
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
            realSettings(Map.of()),
            cube(),
            connectors,
            new ReferenceMover(),
            InstantSource.system(),
            progress)) {
      run.prepare(
          List.of(
              cube().find("mssql_to_clickhouse__scd2").orElseThrow(),
              cube().find("kafka_to_mssql__xmin").orElseThrow()));
      assertThat(run.run(cube().find("mssql_to_clickhouse__scd2").orElseThrow()).verdict())
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
        onReal(
            c -> {
              if (c.family().id().equals("clickhouse")) {
                throw new IllegalStateException("no");
              }
              if (c.family().id().equals("mssql")) {
                await(go);
              }
              return new MemorySystem(c);
            });
    MatrixCase slow = cube().find("mssql_to_postgres__scd2").orElseThrow();
    MatrixCase slowAndBroken = cube().find("mssql_to_clickhouse__scd2").orElseThrow();
    MatrixCase broken = cube().find("postgres_to_clickhouse__scd2").orElseThrow();
    try (StandardRun run = new StandardRun(realSettings(Map.of()), cube(), connectors)) {
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
                            new Starting(
                                () -> {
                                  started.add(c.family().id());
                                  return new MemorySystem(c);
                                }))
                        : c)
            .toList();
    try (StandardRun run = new StandardRun(realSettings(Map.of()), cube(), connectors)) {
      run.prepare(List.of(cube().find("mssql_to_clickhouse__scd2").orElseThrow()));
    }
    assertThat(started).as("after those that were being started").isEmpty();
  }

  @Test
  void aFamilyWithoutAWayToConnectIsABrokenLabWhenItIsExternal() {
    Family family = new Family("clickhouse");
    try (StandardRun run =
        new StandardRun(
            realSettings(Map.of(family, new ExternalEndpoint("somewhere", "u", "p"))),
            cube(),
            onReal(MemorySystem::new))) {
      CaseResult result = run.run(cube().find("mssql_to_clickhouse__scd2").orElseThrow());
      assertThat(result.verdict()).isEqualTo(Verdict.UNKNOWN);
      assertThat(result.reason())
          .isEqualTo(
              "Family clickhouse cannot be external: its connector connects to no system that is there already.");
    }
  }

  @Test
  void anExternalSystemOfAnUnknownFamilyIsRefused() {
    RunSettings settings =
        realSettings(Map.of(new Family("oracle"), new ExternalEndpoint("somewhere", "", "")));
    assertThatThrownBy(() -> new StandardRun(settings, cube(), onReal(MemorySystem::new)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("No connector of family 'oracle' is on the class path");
  }

  /** A system that notes what is closed. */
  private record Noting(RunningSystem system, List<String> closed) implements RunningSystem {
    @Override
    public SystemInfo info() {
      return system.info();
    }

    @Override
    public Source openSource(CaseScope scope) {
      Source source = system.openSource(scope);
      return new Source() {
        @Override
        public Fixture fixture() {
          return source.fixture();
        }

        @Override
        public SourceReader reader() {
          return source.reader();
        }

        @Override
        public void close() {
          closed.add("source");
          source.close();
        }
      };
    }

    @Override
    public Sink openSink(CaseScope scope) {
      return system.openSink(scope);
    }

    @Override
    public void close() {
      closed.add("system " + info().family());
      throw new IllegalStateException("It does not stop.");
    }
  }

  @Test
  void aRunThatIsStoppedInTheMiddleRemovesWhatItsCasesMadeAndStopsEverySystem()
      throws InterruptedException {
    List<String> closed = new CopyOnWriteArrayList<>();
    CountDownLatch moving = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    Mover blocked =
        request -> {
          moving.countDown();
          try {
            never.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        };
    StandardRun run =
        new StandardRun(
            realSettings(Map.of()),
            cube(),
            onReal(c -> new Noting(new MemorySystem(c), closed)),
            blocked,
            InstantSource.system(),
            Progress.SILENT);
    Thread stuck =
        new Thread(() -> run.run(cube().find("mssql_to_clickhouse__scd2").orElseThrow()));
    stuck.start();
    moving.await();
    assertThatThrownBy(run::close).hasMessage("It does not stop.");
    assertThat(closed).containsExactly("source", "system clickhouse", "system mssql");
    stuck.interrupt();
    stuck.join();
  }

  @Test
  void aRunThatIsBeingStoppedTakesNoCase() {
    StandardRun run = new StandardRun(realSettings(Map.of()), cube(), onReal(MemorySystem::new));
    run.close();
    CaseResult result = run.run(cube().find("mssql_to_clickhouse__scd2").orElseThrow());
    assertThat(result.verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(result.reason()).isEqualTo("clickhouse: the run is being stopped");
  }

  @Test
  void whoeverWaitsForALongLoadIsToldHowFarItIs() {
    RunSettings settings =
        new RunSettings(
            RunMode.MOCK_CONTRACT,
            new Volume(200_000, BigDecimal.ZERO, BigDecimal.ZERO, 0, 7),
            Path.of("target/unused"),
            1,
            Duration.ofMinutes(5),
            Duration.ofMinutes(5));
    List<String> told = new CopyOnWriteArrayList<>();
    try (StandardRun run =
        new StandardRun(
            settings,
            cube(),
            PlainConnector.ofTheCube(),
            new ReferenceMover(),
            InstantSource.system(),
            (caseId, text) -> told.add(caseId + ": " + text))) {
      run.run(cube().find("mssql_to_clickhouse__replace").orElseThrow());
    }
    assertThat(told)
        .startsWith(
            "mssql_to_clickhouse__replace: first load 100,000 rows",
            "mssql_to_clickhouse__replace: first load 200,000 rows");
  }

  @Test
  void twoRunsOfTheSameMillisecondShareNoName() {
    Set<String> names = ConcurrentHashMap.newKeySet();
    for (int run = 0; run < 2; run++) {
      try (StandardRun one =
          new StandardRun(
              realSettings(Map.of()),
              cube(),
              onReal(c -> new Naming(new MemorySystem(c), names)),
              new ReferenceMover(),
              InstantSource.fixed(Instant.EPOCH),
              Progress.SILENT)) {
        one.run(cube().find("mssql_to_clickhouse__replace").orElseThrow());
      }
    }
    assertThat(names).hasSize(2);
  }

  /** A system that notes the names of the runs it serves. */
  private record Naming(RunningSystem system, Set<String> names) implements RunningSystem {
    @Override
    public SystemInfo info() {
      return system.info();
    }

    @Override
    public Source openSource(CaseScope scope) {
      names.add(scope.runId());
      return system.openSource(scope);
    }

    @Override
    public Sink openSink(CaseScope scope) {
      return system.openSink(scope);
    }

    @Override
    public void close() {
      system.close();
    }
  }
}

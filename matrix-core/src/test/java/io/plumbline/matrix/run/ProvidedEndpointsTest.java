package io.plumbline.matrix.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.matrix.connector.Connector;
import io.plumbline.matrix.connector.EndpointProvider;
import io.plumbline.matrix.connector.EvidenceLevel;
import io.plumbline.matrix.connector.ExternalEndpoint;
import io.plumbline.matrix.connector.StartedEndpoint;
import io.plumbline.matrix.connector.SystemFailureException;
import io.plumbline.matrix.connector.SystemInfo;
import io.plumbline.matrix.connector.SystemUnavailableException;
import io.plumbline.matrix.memory.MemorySystem;
import io.plumbline.matrix.mover.ReferenceMover;
import io.plumbline.matrix.oracle.Verdict;
import io.plumbline.matrix.registry.Family;
import io.plumbline.matrix.registry.InvalidInputException;
import io.plumbline.matrix.registry.Matrix;
import io.plumbline.matrix.registry.MatrixCase;
import io.plumbline.matrix.registry.RunMode;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Systems that a provider of endpoints starts: containers, and their versions. */
class ProvidedEndpointsTest {
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
    try (StandardRun run = startedRun(OneRow.settings(RunMode.REAL_LOCAL, systems), providers)) {
      return run.run(StandardRunTest.cube().find("mssql_to_clickhouse__scd2").orElseThrow());
    }
  }

  private static StandardRun startedRun(RunSettings settings, List<EndpointProvider> providers) {
    List<Connector> connectors =
        OneRow.connectorsBut(Set.of(STARTED), UnaryOperator.identity(), MemorySystem::new);
    return new StandardRun(
        settings,
        StandardRunTest.cube(),
        connectors,
        providers,
        new ReferenceMover(),
        InstantSource.system(),
        Progress.SILENT);
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
    RunSettings settings = OneRow.settings(RunMode.REAL_LOCAL, versions(STARTED, "24.8", "25.8"));
    Matrix matrix = StandardRunTest.cube().withVersions(settings.systems().versions());
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
    RunSettings settings =
        OneRow.settings(RunMode.REAL_LOCAL, versions(STARTED, "25.8.1.1-with-a-long-name"));
    MatrixCase one =
        StandardRunTest.cube().withVersions(settings.systems().versions()).cases().stream()
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
    RunSettings settings = OneRow.settings(RunMode.REAL_LOCAL, versions(STARTED, told));
    MatrixCase one =
        StandardRunTest.cube()
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
    RunSettings settings = OneRow.settings(RunMode.MOCK_CONTRACT, versions(STARTED, "25.8"));
    assertThatThrownBy(
            () ->
                new StandardRun(
                    settings, StandardRunTest.cube(), OneRow.connectors(MemorySystem::new)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith(
            "Versions of [clickhouse] were asked for and the run mode is mock_contract; allowed is real_local");
  }

  @Test
  void anImageIsOfNoUseToARunInMemoryAndDoesNoHarm() {
    RunSettings settings =
        OneRow.settings(RunMode.MOCK_CONTRACT, systems(SystemSettings.Missing.ERROR));
    try (StandardRun run =
        new StandardRun(settings, StandardRunTest.cube(), OneRow.connectors(MemorySystem::new))) {
      assertThat(run.systems()).isEmpty();
    }
  }
}

package io.plumbline.matrix.run;

import io.plumbline.matrix.connector.CaseScope;
import io.plumbline.matrix.connector.ColumnContract;
import io.plumbline.matrix.connector.Connector;
import io.plumbline.matrix.connector.EndpointProvider;
import io.plumbline.matrix.connector.EvidenceLevel;
import io.plumbline.matrix.connector.RunningSystem;
import io.plumbline.matrix.connector.Sink;
import io.plumbline.matrix.connector.Source;
import io.plumbline.matrix.connector.SystemFailureException;
import io.plumbline.matrix.connector.SystemInfo;
import io.plumbline.matrix.connector.SystemUnavailableException;
import io.plumbline.matrix.connector.TargetLayout;
import io.plumbline.matrix.dataset.Dataset;
import io.plumbline.matrix.lab.Deadline;
import io.plumbline.matrix.memory.MemorySystem;
import io.plumbline.matrix.mover.FileStateStore;
import io.plumbline.matrix.mover.MemoryStateStore;
import io.plumbline.matrix.mover.Mover;
import io.plumbline.matrix.mover.ReferenceMover;
import io.plumbline.matrix.mover.StateStore;
import io.plumbline.matrix.mover.StrategyPlan;
import io.plumbline.matrix.oracle.CaseVerifier;
import io.plumbline.matrix.oracle.CheckResult;
import io.plumbline.matrix.oracle.Oracle;
import io.plumbline.matrix.oracle.Verdict;
import io.plumbline.matrix.registry.CaseId;
import io.plumbline.matrix.registry.Family;
import io.plumbline.matrix.registry.InvalidInputException;
import io.plumbline.matrix.registry.Matrix;
import io.plumbline.matrix.registry.MatrixCase;
import io.plumbline.matrix.registry.RunMode;
import io.plumbline.matrix.registry.Strategy;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * A run on the systems of its mode. Also the way to try somebody else's mover: {@link
 * #run(MatrixCase, Mover)} takes a mover, decorated or not, and returns the verdict with its
 * checks.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class StandardRun implements MatrixRun {
  private static final Duration STOP = Duration.ofSeconds(10);
  private static final String STOPPED = "the run is being stopped";

  private final RunSettings settings;
  private final Dataset dataset;
  private final Oracle oracle;
  private final Systems systems;
  private final Mover mover;
  private final InstantSource clock;
  private final Progress progress;
  private final String runId;
  private final ScheduledExecutorService timer;
  private final AtomicInteger attempts = new AtomicInteger();

  /** What a run that is stopped in the middle has to remove: an external system would keep it. */
  private final Set<AutoCloseable> open = ConcurrentHashMap.newKeySet();

  private final Set<Thread> working = ConcurrentHashMap.newKeySet();
  private volatile boolean stopping;

  /**
   * A run; starts nothing yet.
   *
   * @param connectors one per family of the matrix
   * @throws io.plumbline.matrix.registry.InvalidInputException when a family has no connector
   */
  public StandardRun(RunSettings settings, Matrix matrix, List<Connector> connectors) {
    this(
        settings,
        matrix,
        connectors,
        new ReferenceMover(),
        InstantSource.system(),
        Progress.SILENT);
  }

  /** As above, with the mover of its cases, a clock and somebody who is told about long cases. */
  public StandardRun(
      RunSettings settings,
      Matrix matrix,
      List<Connector> connectors,
      Mover mover,
      InstantSource clock,
      Progress progress) {
    this(settings, matrix, connectors, List.of(), mover, clock, progress);
  }

  /**
   * As above, with containers.
   *
   * @param endpoints start what connectors do not start by themselves
   */
  public StandardRun(
      RunSettings settings,
      Matrix matrix,
      List<Connector> connectors,
      List<EndpointProvider> endpoints,
      Mover mover,
      InstantSource clock,
      Progress progress) {
    this(settings, matrix, connectors, endpoints, mover, clock, progress, MemorySystem::new);
  }

  /**
   * As above, with other in-memory systems: this is how a defect below the writer is planted.
   *
   * @param inMemory plays a connector's family in mock_contract
   */
  public StandardRun(
      RunSettings settings,
      Matrix matrix,
      List<Connector> connectors,
      Mover mover,
      InstantSource clock,
      Progress progress,
      Function<Connector, RunningSystem> inMemory) {
    this(settings, matrix, connectors, List.of(), mover, clock, progress, inMemory);
  }

  private StandardRun(
      RunSettings settings,
      Matrix matrix,
      List<Connector> connectors,
      List<EndpointProvider> endpoints,
      Mover mover,
      InstantSource clock,
      Progress progress,
      Function<Connector, RunningSystem> inMemory) {
    this.settings = settings;
    this.dataset = new Dataset(settings.volume());
    this.oracle = new Oracle(dataset);
    this.mover = mover;
    this.clock = clock;
    this.progress = progress;
    // Two runs may begin in the same millisecond on one external server.
    this.runId =
        Long.toString(clock.millis(), Character.MAX_RADIX)
            + UUID.randomUUID().toString().substring(0, 4);
    this.systems = new Systems(settings, connectors, endpoints, inMemory, progress);
    Stream.concat(matrix.sources().stream(), matrix.sinks().stream()).forEach(systems::connector);
    this.timer =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "plumbline-phase-deadlines");
              thread.setDaemon(true);
              return thread;
            });
  }

  @Override
  public void prepare(Collection<MatrixCase> cases) {
    cases.stream()
        .filter(MatrixCase::supported)
        .map(MatrixCase::id)
        .filter(id -> systems.available(id.source()) && systems.available(id.sink()))
        .flatMap(id -> SystemKey.of(id).stream())
        .distinct()
        .forEach(systems::begin);
  }

  @Override
  public CompletableFuture<?> settled(MatrixCase matrixCase) {
    return systems.settled(SystemKey.of(matrixCase.id()));
  }

  @Override
  public CaseResult run(MatrixCase matrixCase) {
    return run(matrixCase, mover);
  }

  /** Runs a case with a mover of the caller's and returns the verdict with all its checks. */
  public CaseResult run(MatrixCase matrixCase, Mover mover) {
    working.add(Thread.currentThread());
    try {
      return stopping
          ? CaseResult.broken(
              matrixCase, new SystemFailureException(matrixCase.id().sink(), STOPPED))
          : outcome(matrixCase, mover);
    } finally {
      working.remove(Thread.currentThread());
    }
  }

  private CaseResult outcome(MatrixCase matrixCase, Mover mover) {
    CaseId id = matrixCase.id();
    if (matrixCase.support() instanceof MatrixCase.Rejected rejected) {
      return new RefusalRound(systems.connector(id.source()), systems.connector(id.sink()), clock)
          .run(matrixCase, rejected, mover);
    }
    for (Family family : List.of(id.source(), id.sink())) {
      if (!systems.available(family) && systems.connector(family).documentedOnly()) {
        return CaseResult.skipped(
            matrixCase,
            "documented contract only: family %s has no engine in run mode %s"
                .formatted(family, settings.mode().id()));
      }
    }
    try {
      // Before anything is started for a case that cannot be run.
      SystemKey.of(id).stream()
          .filter(key -> !systems.available(key.family()))
          .forEach(systems::require);
      return supported(matrixCase, mover);
    } catch (SystemUnavailableException e) {
      return CaseResult.skipped(matrixCase, String.valueOf(e.getMessage()));
    } catch (SystemFailureException | InvalidInputException e) {
      return CaseResult.broken(matrixCase, e);
    }
  }

  /** A server that cannot do it is as good as none. */
  private void requireOffered(Family family, Optional<String> missing) {
    missing.ifPresent(
        reason -> {
          SystemUnavailableException lacking = new SystemUnavailableException(family, reason);
          throw settings.systems().missing() == SystemSettings.Missing.SKIP
              ? lacking
              : lacking.asFailure();
        });
  }

  private CaseResult supported(MatrixCase matrixCase, Mover mover) {
    CaseId id = matrixCase.id();
    Connector sourceConnector = systems.connector(id.source());
    Connector sinkConnector = systems.connector(id.sink());
    RunningSystem sourceSystem = systems.require(SystemKey.ofSource(id));
    RunningSystem sinkSystem = systems.require(SystemKey.ofSink(id));
    StrategyPlan plan = StrategyPlan.of(id.strategy());
    requireOffered(id.source(), sourceSystem.missing(plan.sourceFeature()));
    requireOffered(id.sink(), sinkSystem.missing(plan.sinkFeature()));
    List<ColumnContract> columns =
        ColumnContract.of(
            dataset.columns(), sourceConnector.sourceTypes(), sinkConnector.sinkTypes());
    TargetLayout layout = layout(id.strategy());
    CaseScope scope = new CaseScope(id, runId, dataset, columns, layout);
    CaseResult.Contract contract =
        contract(sourceConnector, sinkConnector, sourceSystem.info(), sinkSystem.info(), scope);
    CaseRunner.Outcome outcome = null;
    List<AutoCloseable> opened = new ArrayList<>();
    boolean interrupted = false;
    try (Source source = known(sourceSystem.openSource(scope), opened);
        Sink sink = known(sinkSystem.openSink(scope), opened)) {
      if (stopping) {
        throw new SystemFailureException(id.sink(), STOPPED);
      }
      CaseVerifier verifier =
          oracle
              .pair(columns)
              .verifier(id, CaseRunner.FIRST_EFFECTIVE_AT, CaseRunner.CHANGE_EFFECTIVE_AT);
      CaseRunner runner =
          new CaseRunner(
              scope,
              sourceConnector,
              source,
              sinkConnector,
              sink,
              states(id),
              mover,
              verifier,
              new CaseWatch(clock, timer, settings.phaseTimeout(), progress));
      try {
        outcome = runner.run();
      } finally {
        // What is closed now needs connections, which an interrupted thread does not get.
        interrupted = Thread.interrupted();
      }
    } catch (RuntimeException e) {
      Throwable reason = outcome == null ? null : outcome.failure();
      if (outcome == null || reason == null || !CaseRunner.brokenLab(reason)) {
        throw e;
      }
      // That something could not be removed is no news beside the reason.
      reason.addSuppressed(e);
      if (reason instanceof PhaseTimeoutException) {
        // Tried again at the end: whoever holds a lock may let it go, while a dead server stays
        // dead.
        opened.clear();
      }
    } finally {
      opened.forEach(open::remove);
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
    return result(matrixCase, Optional.of(contract), outcome);
  }

  private <T extends AutoCloseable> T known(T resource, List<AutoCloseable> opened) {
    opened.add(resource);
    open.add(resource);
    return resource;
  }

  private static CaseResult result(
      MatrixCase matrixCase, Optional<CaseResult.Contract> contract, CaseRunner.Outcome outcome) {
    Throwable failure = outcome.failure();
    List<CheckResult> checks = outcome.rounds().stream().flatMap(r -> r.checks().stream()).toList();
    boolean brokenLab = CaseRunner.brokenLab(failure);
    Verdict verdict = brokenLab ? Verdict.UNKNOWN : Verdict.of(checks);
    return new CaseResult(
        matrixCase,
        verdict,
        brokenLab ? String.valueOf(message(failure)) : CaseResult.reason(outcome.rounds()),
        contract,
        outcome.rounds(),
        outcome.difference(),
        failure);
  }

  private static @Nullable String message(@Nullable Throwable failure) {
    return failure == null ? null : failure.getMessage();
  }

  private static TargetLayout layout(Strategy strategy) {
    return switch (strategy) {
      case INCREMENTAL_APPEND -> TargetLayout.APPEND;
      case SCD2 -> TargetLayout.HISTORY;
      default -> TargetLayout.KEYED;
    };
  }

  private static CaseResult.Contract contract(
      Connector sourceConnector,
      Connector sinkConnector,
      SystemInfo source,
      SystemInfo sink,
      CaseScope scope) {
    EvidenceLevel weakest =
        source.level().compareTo(sink.level()) <= 0 ? source.level() : sink.level();
    return new CaseResult.Contract(
        source,
        sink,
        weakest,
        sourceConnector.sourceDefinition("orders", scope.columns()),
        sinkConnector.targetDefinition("orders", scope.columns(), scope.layout()),
        scope.columns());
  }

  /** A case that is run again starts from nothing. */
  private StateStore states(CaseId id) {
    return settings.mode() == RunMode.MOCK_CONTRACT
        ? new MemoryStateStore(id.toString())
        : new FileStateStore(
            id.toString(),
            systems.workDirectory().resolve(id + "." + attempts.incrementAndGet() + ".state"));
  }

  @Override
  public Optional<String> mover() {
    return mover instanceof ReferenceMover
        ? Optional.empty()
        : Optional.of(mover.getClass().getName());
  }

  @Override
  public List<SystemInfo> systems() {
    return new ArrayList<>(systems.started());
  }

  @Override
  public void close() {
    stopping = true;
    // A case that goes on would make anew what is removed below.
    working.forEach(Thread::interrupt);
    Deadline.in(STOP).await(working::isEmpty);
    timer.shutdownNow();
    List<AutoCloseable> all = new ArrayList<>(open);
    all.add(systems);
    Systems.closeAll(all);
  }
}

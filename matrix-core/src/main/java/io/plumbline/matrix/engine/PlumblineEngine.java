package io.plumbline.matrix.engine;

import io.plumbline.matrix.artifact.Redaction;
import io.plumbline.matrix.connector.Connector;
import io.plumbline.matrix.connector.EndpointProvider;
import io.plumbline.matrix.mover.Mover;
import io.plumbline.matrix.mover.ReferenceMover;
import io.plumbline.matrix.registry.InvalidInputException;
import io.plumbline.matrix.registry.Matrix;
import io.plumbline.matrix.registry.RunMode;
import io.plumbline.matrix.run.GuidedRun;
import io.plumbline.matrix.run.MatrixRun;
import io.plumbline.matrix.run.Progress;
import io.plumbline.matrix.run.RunSettings;
import io.plumbline.matrix.run.Settings;
import io.plumbline.matrix.run.StandardRun;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apiguardian.api.API;
import org.junit.platform.engine.EngineDiscoveryRequest;
import org.junit.platform.engine.EngineExecutionListener;
import org.junit.platform.engine.ExecutionRequest;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.support.discovery.DiscoveryIssueReporter;
import org.junit.platform.engine.support.discovery.EngineDiscoveryRequestResolver;
import org.junit.platform.engine.support.hierarchical.HierarchicalTestEngine;
import org.junit.platform.engine.support.hierarchical.HierarchicalTestExecutorService;
import org.junit.platform.engine.support.store.Namespace;
import org.junit.platform.engine.support.store.NamespacedHierarchicalStore;

/**
 * Runs the cases of a matrix as tests of the JUnit Platform: engine, suite class, case. Discovery
 * starts nothing; it may run several times.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class PlumblineEngine extends HierarchicalTestEngine<RunContext> {
  /** The engine's id. */
  public static final String ID = "plumbline";

  private static final Namespace NAMESPACE = Namespace.create(PlumblineEngine.class);

  private final Surroundings surroundings;
  private final Planner planner = new Planner();

  /** The engine as the platform finds it. */
  public PlumblineEngine() {
    this(Surroundings.ofJvm(PlumblineEngine::standardRun));
  }

  PlumblineEngine(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  private static MatrixRun standardRun(RunSettings settings, Matrix matrix, Progress progress) {
    MatrixRun run =
        new StandardRun(
            settings,
            matrix,
            services(Connector.class),
            services(EndpointProvider.class),
            theMover(services(Mover.class)),
            InstantSource.system(),
            progress);
    return settings.mode() == RunMode.MOCK_CONTRACT && matrix.guides().isPresent()
        ? new GuidedRun(
            run, matrix, Path.of(System.getProperty("user.dir", ""), matrix.guides().get()))
        : run;
  }

  /** The mover of the class path, else the reference mover. */
  static Mover theMover(List<Mover> movers) {
    if (movers.size() > 1) {
      throw new InvalidInputException(
          "The class path has the movers %s; allowed is one, or none for the reference mover."
              .formatted(movers.stream().map(m -> m.getClass().getName()).toList()));
    }
    return movers.isEmpty() ? new ReferenceMover() : movers.get(0);
  }

  private static <T> List<T> services(Class<T> type) {
    return ServiceLoader.load(type).stream().map(ServiceLoader.Provider::get).toList();
  }

  @Override
  public String getId() {
    return ID;
  }

  @Override
  public Optional<String> getGroupId() {
    return Optional.of("io.plumbline");
  }

  @Override
  public Optional<String> getArtifactId() {
    return Optional.of("plumbline-matrix-core");
  }

  @Override
  public TestDescriptor discover(EngineDiscoveryRequest request, UniqueId uniqueId) {
    MatrixDescriptor root = new MatrixDescriptor(uniqueId);
    Redaction redaction = surroundings.redaction();
    DiscoveryIssueReporter reporter =
        DiscoveryIssueReporter.forwarding(request.getDiscoveryListener(), uniqueId);
    DiscoveryIssueReporter issues =
        DiscoveryIssueReporter.deduplicating(
            // A value that is refused is shown, whatever it is.
            DiscoveryIssueReporter.consuming(
                issue -> reporter.reportIssue(issue.withMessage(redaction::apply))));
    Supplier<Settings> settings = () -> surroundings.settings(request.getConfigurationParameters());
    Function<String, Plan> planning = registry -> planner.plan(registry, settings);
    MethodFilter methods = new MethodFilter(surroundings.properties().getOrDefault("test", ""));
    EngineDiscoveryRequestResolver.<MatrixDescriptor>builder()
        .addClassContainerSelectorResolver(SuiteResolver::isSuite)
        .addSelectorResolver(context -> new SuiteResolver(context, planning, methods))
        .addTestDescriptorVisitor(context -> TestDescriptor::prune)
        .build()
        .resolve(request, root, issues);
    return root;
  }

  @Override
  protected HierarchicalTestExecutorService createExecutorService(ExecutionRequest request) {
    return new CaseThreads(
        root(request).plan().map(p -> p.settings().runSettings().parallelism()).orElse(1));
  }

  @Override
  protected RunContext createExecutionContext(ExecutionRequest request) {
    EngineExecutionListener listener = request.getEngineExecutionListener();
    MatrixDescriptor root = root(request);
    if (root.plan().isEmpty() || root.cases().isEmpty()) {
      return RunContext.empty(listener);
    }
    Plan plan = root.plan().get();
    try {
      NamespacedHierarchicalStore<Namespace> store = request.getStore();
      MatrixSession session =
          store
              .getParent()
              .orElse(store)
              .getOrComputeIfAbsent(
                  NAMESPACE,
                  plan.key(),
                  key -> new MatrixSession(plan, surroundings),
                  MatrixSession.class);
      session.begin(root.cases(), otherFilter());
      return RunContext.of(session, listener, Attachments.of(request));
    } catch (RuntimeException | ServiceConfigurationError e) {
      return RunContext.broken(e, listener);
    }
  }

  /** Surefire's own filter works on a method that does not exist; the matrix has a better one. */
  private Optional<String> otherFilter() {
    return Optional.ofNullable(
            surroundings
                .properties()
                .getOrDefault("it.test", surroundings.properties().get("test")))
        .map(
            text ->
                "  filtered by -Dit.test or -Dtest=%s as well; -Dmatrix.case=<id or glob> does that for cases."
                    .formatted(text));
  }

  private static MatrixDescriptor root(ExecutionRequest request) {
    return (MatrixDescriptor) request.getRootTestDescriptor();
  }
}

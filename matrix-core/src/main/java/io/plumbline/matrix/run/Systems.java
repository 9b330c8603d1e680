package io.plumbline.matrix.run;

import io.plumbline.matrix.connector.Connector;
import io.plumbline.matrix.connector.EndpointProvider;
import io.plumbline.matrix.connector.ExternalEndpoint;
import io.plumbline.matrix.connector.FileTree;
import io.plumbline.matrix.connector.RunningSystem;
import io.plumbline.matrix.connector.SystemFailureException;
import io.plumbline.matrix.connector.SystemInfo;
import io.plumbline.matrix.connector.SystemProvider;
import io.plumbline.matrix.connector.SystemUnavailableException;
import io.plumbline.matrix.registry.Family;
import io.plumbline.matrix.registry.InvalidInputException;
import io.plumbline.matrix.registry.RunMode;
import io.plumbline.matrix.run.SystemSettings.Missing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The systems of a run: each family is started once, in a thread of its own, before or when a case
 * first needs it. Thread-safe.
 */
final class Systems implements AutoCloseable {
  private final RunMode mode;
  private final SystemSettings settings;
  private final Map<Family, EndpointProvider> endpoints = new TreeMap<>();
  private final Function<Connector, RunningSystem> inMemory;
  private final Progress progress;
  private final Map<Family, Connector> connectors;
  private final Map<Family, CompletableFuture<RunningSystem>> started = new TreeMap<>();
  private @Nullable Path workDirectory;
  private boolean closed;

  /**
   * @param endpoints start what connectors do not start by themselves
   * @param inMemory plays a connector's family in mock_contract
   * @param progress is told of real systems that are ready
   */
  Systems(
      RunSettings settings,
      List<Connector> connectors,
      List<EndpointProvider> endpoints,
      Function<Connector, RunningSystem> inMemory,
      Progress progress) {
    this.mode = settings.mode();
    this.settings = settings.systems();
    this.inMemory = inMemory;
    this.progress = progress;
    this.connectors =
        connectors.stream().collect(Collectors.toMap(Connector::family, Function.identity()));
    if (mode == RunMode.REAL_LOCAL) {
      endpoints.forEach(provider -> provider.families().forEach(family -> add(family, provider)));
      // A shell that names images for real_local runs other modes too.
      this.settings.images().keySet().forEach(this::requireContainer);
    }
    this.settings.external().keySet().forEach(this::requireReal);
  }

  private void add(Family family, EndpointProvider provider) {
    EndpointProvider other = endpoints.putIfAbsent(family, provider);
    if (other != null) {
      throw new InvalidInputException(
          "Systems of family '%s' are started by %s and by %s; allowed is one of them on the class path."
              .formatted(family, other.getClass().getName(), provider.getClass().getName()));
    }
  }

  /** Not a matter of the settings: a build tool that searches for tests does not know the mode. */
  private void requireReal(Family family) {
    connector(family);
    if (mode == RunMode.MOCK_CONTRACT) {
      throw new InvalidInputException(
          "Family '%s' is external and the run mode is %s; allowed are run modes with real systems, mock_local and real_local."
              .formatted(family, mode.id()));
    }
  }

  private void requireContainer(Family family) {
    if (!endpoints.containsKey(family)) {
      throw new InvalidInputException(
          "An image was named for family '%s', which is not started from one; allowed are %s."
              .formatted(family, endpoints.keySet()));
    }
  }

  /** The run's own folder; made when it is first asked for. */
  synchronized Path workDirectory() {
    Path directory = workDirectory;
    if (directory == null) {
      try {
        directory = Files.createTempDirectory("plumbline-");
      } catch (IOException e) {
        throw new UncheckedIOException("No temporary directory can be made.", e);
      }
      workDirectory = directory;
    }
    return directory;
  }

  Connector connector(Family family) {
    Connector connector = connectors.get(family);
    if (connector == null) {
      throw new InvalidInputException(
          "No connector of family '%s' is on the class path; there are %s."
              .formatted(family, connectors.keySet().stream().sorted().toList()));
    }
    return connector;
  }

  /** True when the family can be had in this run mode. */
  boolean available(Family family) {
    return mode == RunMode.MOCK_CONTRACT
        || settings.external().containsKey(family)
        || provider(family).isPresent()
        || endpoints.containsKey(family);
  }

  private Optional<SystemProvider> provider(Family family) {
    return connector(family).providers().stream().filter(p -> p.serves(mode)).findFirst();
  }

  /** Begins to start a system; who needs it waits for it in {@link #require}. */
  void begin(Family family) {
    CompletableFuture<RunningSystem> unused = future(family);
  }

  /** Completes when those of the systems that were begun have started or failed; never fails. */
  synchronized CompletableFuture<?> settled(Collection<Family> families) {
    return CompletableFuture.allOf(
            families.stream()
                .map(started::get)
                .filter(Objects::nonNull)
                .toArray(CompletableFuture<?>[]::new))
        .exceptionally(failure -> null);
  }

  /**
   * The family's system, as soon as it has started.
   *
   * @throws SystemFailureException when it did not start; the same for every caller
   * @throws SystemUnavailableException when it cannot be had; the same for every caller
   */
  RunningSystem require(Family family) {
    try {
      return future(family).get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SystemFailureException(family, "it was not ready in time", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new SystemFailureException(family, "it did not start", e);
    }
  }

  private synchronized CompletableFuture<RunningSystem> future(Family family) {
    if (closed) {
      throw new SystemFailureException(family, "the run is being stopped");
    }
    return started.computeIfAbsent(family, this::starting);
  }

  private CompletableFuture<RunningSystem> starting(Family family) {
    CompletableFuture<RunningSystem> system = new CompletableFuture<>();
    if (mode == RunMode.MOCK_CONTRACT) {
      complete(system, family);
    } else {
      Thread thread = new Thread(() -> complete(system, family), "plumbline-start-" + family);
      thread.setDaemon(true);
      thread.start();
    }
    return system;
  }

  private void complete(CompletableFuture<RunningSystem> system, Family family) {
    try {
      system.complete(start(family));
    } catch (SystemUnavailableException e) {
      system.completeExceptionally(settings.missing() == Missing.SKIP ? e : e.asFailure());
    } catch (SystemFailureException | InvalidInputException e) {
      system.completeExceptionally(e);
    } catch (RuntimeException | LinkageError e) {
      String what =
          settings.external().containsKey(family)
              ? "the external system cannot be used: " + e.getMessage()
              : "it did not start: " + e.getMessage();
      system.completeExceptionally(new SystemFailureException(family, what, e));
    }
  }

  private RunningSystem start(Family family) {
    if (mode == RunMode.MOCK_CONTRACT) {
      return inMemory.apply(connector(family));
    }
    long begin = System.nanoTime();
    RunningSystem system = startReal(family);
    progress.ready(system.info(), Duration.ofNanos(System.nanoTime() - begin));
    return system;
  }

  private RunningSystem startReal(Family family) {
    ExternalEndpoint endpoint = settings.external().get(family);
    if (endpoint != null) {
      return connector(family).connect(endpoint);
    }
    Optional<SystemProvider> own = provider(family);
    EndpointProvider other = endpoints.get(family);
    if (own.isEmpty() && other != null) {
      Optional<String> image = Optional.ofNullable(settings.images().get(family));
      return StartedSystem.of(
          connector(family),
          other.start(new EndpointProvider.Request(family, image, settings.startTimeout())));
    }
    SystemProvider provider = own.orElseThrow(() -> nobodyStarts(family));
    Path directory = workDirectory().resolve(family.id());
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new SystemFailureException(family, "its work directory cannot be made", e);
    }
    return provider.start(directory);
  }

  private SystemUnavailableException nobodyStarts(Family family) {
    return new SystemUnavailableException(
        family,
        "nothing on the class path starts it in run mode %s; matrix.system.%s=external takes a server of yours where its connector can reach one, and matrix.missing-system=skip skips these cases."
            .formatted(mode.id(), family));
  }

  synchronized List<SystemInfo> started() {
    return started.values().stream()
        .filter(system -> system.isDone() && !system.isCompletedExceptionally())
        .map(system -> system.join().info())
        .toList();
  }

  @Override
  public void close() {
    List<AutoCloseable> all = new ArrayList<>();
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      started.values().forEach(system -> all.add(() -> stop(system)));
    }
    all.add(this::removeWorkDirectory);
    closeAll(all);
  }

  /** Waits for one that is being started; it would be left behind. */
  private static void stop(CompletableFuture<RunningSystem> system) {
    RunningSystem running = system.exceptionally(failure -> null).join();
    if (running != null) {
      running.close();
    }
  }

  private void removeWorkDirectory() {
    Path directory = workDirectory;
    if (directory == null) {
      return;
    }
    try {
      FileTree.remove(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Work directory %s cannot be removed.".formatted(directory), e);
    }
  }

  /** Closes one after the other, also after a failure; the first failure is thrown at the end. */
  static void closeAll(List<? extends AutoCloseable> all) {
    RuntimeException first = null;
    for (AutoCloseable one : all) {
      try {
        one.close();
      } catch (Exception e) {
        if (first == null) {
          first = e instanceof RuntimeException known ? known : new IllegalStateException(e);
        } else {
          first.addSuppressed(e);
        }
      }
    }
    if (first != null) {
      throw first;
    }
  }
}

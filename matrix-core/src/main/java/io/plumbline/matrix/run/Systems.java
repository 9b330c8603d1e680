package io.plumbline.matrix.run;

import io.plumbline.matrix.connector.Connector;
import io.plumbline.matrix.connector.EndpointProvider;
import io.plumbline.matrix.connector.ExternalEndpoint;
import io.plumbline.matrix.connector.RunningSystem;
import io.plumbline.matrix.connector.SystemFailureException;
import io.plumbline.matrix.connector.SystemInfo;
import io.plumbline.matrix.connector.SystemProvider;
import io.plumbline.matrix.connector.SystemUnavailableException;
import io.plumbline.matrix.lab.FileTree;
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
 * The systems of a run: each family, or each version of it, is started once, in a thread of its
 * own, before or when a case first needs it. Thread-safe.
 */
final class Systems implements AutoCloseable {
  private final RunMode mode;
  private final SystemSettings settings;
  private final Map<Family, EndpointProvider> endpoints = new TreeMap<>();
  private final Function<Connector, RunningSystem> inMemory;
  private final Progress progress;
  private final Map<Family, Connector> connectors;
  private final Map<SystemKey, CompletableFuture<RunningSystem>> started = new TreeMap<>();
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
      this.settings.images().keySet().forEach(family -> requireContainer("An image", family));
      this.settings.versions().keySet().forEach(family -> requireContainer("A version", family));
    }
    if (mode != RunMode.REAL_LOCAL && !this.settings.versions().isEmpty()) {
      throw new InvalidInputException(
          "Versions of %s were asked for and the run mode is %s; allowed is real_local, and another one that is named takes no notice of matrix.versions."
              .formatted(this.settings.versions().keySet().stream().sorted().toList(), mode.id()));
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

  private void requireContainer(String what, Family family) {
    if (!endpoints.containsKey(family)) {
      throw new InvalidInputException(
          "%s was named for family '%s', which is not started from an image; allowed are %s."
              .formatted(what, family, endpoints.keySet()));
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
  void begin(SystemKey key) {
    CompletableFuture<RunningSystem> unused = future(key);
  }

  /** Completes when those of the systems that were begun have started or failed; never fails. */
  synchronized CompletableFuture<?> settled(Collection<SystemKey> keys) {
    return CompletableFuture.allOf(
            keys.stream()
                .map(started::get)
                .filter(Objects::nonNull)
                .toArray(CompletableFuture<?>[]::new))
        .exceptionally(failure -> null);
  }

  /**
   * A system, as soon as it has started.
   *
   * @throws SystemFailureException when it did not start; the same for every caller
   * @throws SystemUnavailableException when it cannot be had; the same for every caller
   */
  RunningSystem require(SystemKey key) {
    try {
      return future(key).get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SystemFailureException(key.family(), "it was not ready in time", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new SystemFailureException(key.family(), "it did not start", e);
    }
  }

  private synchronized CompletableFuture<RunningSystem> future(SystemKey key) {
    if (closed) {
      throw new SystemFailureException(key.family(), "the run is being stopped");
    }
    return started.computeIfAbsent(key, this::starting);
  }

  private CompletableFuture<RunningSystem> starting(SystemKey key) {
    CompletableFuture<RunningSystem> system = new CompletableFuture<>();
    if (mode == RunMode.MOCK_CONTRACT) {
      complete(system, key);
    } else {
      Thread thread = new Thread(() -> complete(system, key), "plumbline-start-" + key);
      thread.setDaemon(true);
      thread.start();
    }
    return system;
  }

  private void complete(CompletableFuture<RunningSystem> system, SystemKey key) {
    Family family = key.family();
    try {
      system.complete(start(key));
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

  private RunningSystem start(SystemKey key) {
    if (mode == RunMode.MOCK_CONTRACT) {
      return inMemory.apply(connector(key.family()));
    }
    long begin = System.nanoTime();
    RunningSystem system = startReal(key);
    progress.ready(system.info(), Duration.ofNanos(System.nanoTime() - begin));
    return system;
  }

  private RunningSystem startReal(SystemKey key) {
    Family family = key.family();
    ExternalEndpoint endpoint = settings.external().get(family);
    if (endpoint != null) {
      return connector(family).connect(endpoint);
    }
    Optional<SystemProvider> own = provider(family);
    EndpointProvider other = endpoints.get(family);
    // What a connector starts by itself is of one version.
    if (other != null && (own.isEmpty() || key.version().isPresent())) {
      Optional<String> image = Optional.ofNullable(settings.images().get(family));
      EndpointProvider.Request request =
          new EndpointProvider.Request(family, image, key.version(), settings.startTimeout());
      StartedSystem system = StartedSystem.of(connector(family), other.start(request));
      key.version().ifPresent(system::requireVersion);
      return system;
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

package io.plumbline.matrix.run;

import io.plumbline.matrix.connector.Connector;
import io.plumbline.matrix.connector.RunningSystem;
import io.plumbline.matrix.connector.SystemFailureException;
import io.plumbline.matrix.connector.SystemInfo;
import io.plumbline.matrix.connector.SystemProvider;
import io.plumbline.matrix.connector.SystemUnavailableException;
import io.plumbline.matrix.registry.Family;
import io.plumbline.matrix.registry.InvalidInputException;
import io.plumbline.matrix.registry.RunMode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The systems of a run: each family is started once, when a case first needs it. Thread-safe. */
final class Systems implements AutoCloseable {
  private final RunMode mode;
  private final Function<Connector, RunningSystem> inMemory;
  private final Map<Family, Connector> connectors;
  private final Map<Family, CompletableFuture<RunningSystem>> started = new ConcurrentHashMap<>();
  private @Nullable Path workDirectory;
  private boolean closed;

  /**
   * @param inMemory plays a connector's family in mock_contract
   */
  Systems(RunMode mode, List<Connector> connectors, Function<Connector, RunningSystem> inMemory) {
    this.mode = mode;
    this.inMemory = inMemory;
    this.connectors =
        connectors.stream().collect(Collectors.toMap(Connector::family, Function.identity()));
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
    return mode == RunMode.MOCK_CONTRACT || provider(family).isPresent();
  }

  private Optional<SystemProvider> provider(Family family) {
    return connector(family).providers().stream().filter(p -> p.serves(mode)).findFirst();
  }

  /**
   * The family's system; the first caller starts it, the others wait.
   *
   * @throws SystemFailureException when it did not start; the same for every caller
   * @throws SystemUnavailableException when it cannot be had; the same for every caller
   */
  RunningSystem require(Family family) {
    CompletableFuture<RunningSystem> mine = new CompletableFuture<>();
    CompletableFuture<RunningSystem> system;
    synchronized (this) {
      if (closed) {
        throw new SystemFailureException(family, "the run is being stopped");
      }
      system = started.putIfAbsent(family, mine);
    }
    if (system == null) {
      system = mine;
      try {
        mine.complete(start(family));
      } catch (SystemFailureException | SystemUnavailableException e) {
        mine.completeExceptionally(e);
      } catch (RuntimeException e) {
        mine.completeExceptionally(new SystemFailureException(family, "it did not start", e));
      }
    }
    try {
      return system.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }

  private RunningSystem start(Family family) {
    if (mode == RunMode.MOCK_CONTRACT) {
      return inMemory.apply(connector(family));
    }
    Path directory = workDirectory().resolve(family.id());
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new SystemFailureException(family, "its work directory cannot be made", e);
    }
    return provider(family)
        .orElseThrow(
            () -> new SystemFailureException(family, "there is no engine for " + mode.id()))
        .start(directory);
  }

  List<SystemInfo> started() {
    Map<Family, SystemInfo> infos = new TreeMap<>();
    started.forEach(
        (family, system) -> {
          if (system.isDone() && !system.isCompletedExceptionally()) {
            infos.put(family, system.join().info());
          }
        });
    return List.copyOf(infos.values());
  }

  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
    }
    for (CompletableFuture<RunningSystem> system : started.values()) {
      if (!system.isCompletedExceptionally()) {
        system.join().close();
      }
    }
    Path directory = workDirectory;
    if (directory == null) {
      return;
    }
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Work directory %s cannot be removed.".formatted(directory), e);
    }
  }
}

package io.plumbline.connector.postgres;

import io.plumbline.matrix.connector.EvidenceLevel;
import io.plumbline.matrix.connector.RunningSystem;
import io.plumbline.matrix.connector.SystemFailureException;
import io.plumbline.matrix.connector.SystemProvider;
import io.plumbline.matrix.lab.Deadline;
import io.plumbline.matrix.lab.FileTree;
import io.plumbline.matrix.lab.QuietLogs;
import io.plumbline.matrix.lab.ServerLog;
import io.plumbline.matrix.lab.UserCache;
import io.plumbline.matrix.registry.RunMode;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The real server, started and removed by the run. */
final class EmbeddedPostgresProvider implements SystemProvider {
  static final int ANY_PORT = 0;

  private static final Duration START = Duration.ofSeconds(60);
  private static final Duration READY = Duration.ofSeconds(15);
  private static final Duration STOP = Duration.ofSeconds(10);

  /**
   * Logical decoding for many cases at once; and no waiting for a disk that holds nothing worth
   * keeping: what is committed is with the operating system, so that it outlives the server.
   */
  private static final Map<String, String> SETTINGS =
      Map.ofEntries(
          Map.entry("wal_level", "logical"),
          Map.entry("max_replication_slots", "64"),
          Map.entry("max_wal_senders", "64"),
          Map.entry("max_connections", "200"),
          Map.entry("shared_buffers", "256MB"),
          Map.entry("temp_buffers", "32MB"),
          Map.entry("work_mem", "32MB"),
          Map.entry("maintenance_work_mem", "128MB"),
          Map.entry("fsync", "off"),
          Map.entry("synchronous_commit", "on"),
          Map.entry("full_page_writes", "off"),
          Map.entry("max_wal_size", "4GB"),
          Map.entry("wal_sender_timeout", "0"),
          Map.entry("logical_decoding_work_mem", "128MB"),
          // A server that is killed leaves its socket in the machine's temporary folder.
          Map.entry("unix_socket_directories", ""));

  /** The loggers of everything that works for this connector. */
  static QuietLogs quiet() {
    return QuietLogs.of("io.debezium", "org.apache.kafka", "io.zonky", "org.postgresql");
  }

  @Override
  public boolean serves(RunMode mode) {
    return mode == RunMode.MOCK_LOCAL;
  }

  @Override
  public RunningSystem start(Path workDirectory) {
    return start(
        workDirectory,
        new UnpackedPostgres(UserCache.ofJvm().folder().resolve("postgres")),
        ANY_PORT);
  }

  static RunningSystem start(Path workDirectory, UnpackedPostgres binaries, int port) {
    Path home = workDirectory.resolve("postgres");
    ServerLog log = new ServerLog(home.resolve("server.log"));
    QuietLogs quiet = quiet();
    try {
      Files.createDirectories(home);
      EmbeddedPostgres.Builder builder =
          EmbeddedPostgres.builder()
              .setDataDirectory(home.resolve("data"))
              .setOverrideWorkingDirectory(binaries.folder().toFile())
              .setPgBinaryResolver(binaries)
              .setPort(port)
              // The run has one of its own, and two would remove the same files.
              .setRegisterShutdownHook(false)
              .setPGStartupWait(START)
              .setErrorRedirector(ProcessBuilder.Redirect.appendTo(log.file().toFile()))
              .setOutputRedirector(ProcessBuilder.Redirect.appendTo(log.file().toFile()));
      SETTINGS.forEach(builder::setServerConfig);
      EmbeddedPostgres server = builder.start();
      return running(server, home, log, quiet);
    } catch (IOException | RuntimeException e) {
      process(home).ifPresent(ProcessHandle::destroyForcibly);
      if (e instanceof SystemFailureException failure) {
        throw failure;
      }
      throw new SystemFailureException(
          PostgresTypes.FAMILY,
          "The embedded server did not start: %s.".formatted(log.lastWords()),
          e);
    }
  }

  private static RunningSystem running(
      EmbeddedPostgres server, Path home, ServerLog log, QuietLogs quiet) throws IOException {
    Endpoint endpoint = new Endpoint("localhost", server.getPort(), "postgres", "postgres", "");
    // The library is content with whoever answers at the port.
    if (!Deadline.in(READY).await(() -> status(home).contains("ready"))) {
      String words = log.lastWords();
      server.close();
      throw new SystemFailureException(
          PostgresTypes.FAMILY,
          "Another server answers at port %d; the embedded one said: %s."
              .formatted(server.getPort(), words));
    }
    Optional<ProcessHandle> process = process(home);
    Runnable stop = () -> stop(server, process, home);
    try {
      return new PostgresSystem(endpoint, EvidenceLevel.EMBEDDED, stop, quiet);
    } catch (RuntimeException e) {
      stop.run();
      throw e;
    }
  }

  /** What the server says of itself, line by line: its process first; nothing once it is gone. */
  private static List<String> status(Path home) {
    try {
      return Files.readAllLines(home.resolve("data/postmaster.pid")).stream()
          .map(String::strip)
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  private static Optional<ProcessHandle> process(Path home) {
    return status(home).stream().findFirst().map(Long::parseLong).flatMap(ProcessHandle::of);
  }

  private static void stop(EmbeddedPostgres server, Optional<ProcessHandle> process, Path home) {
    try {
      server.close();
      process.ifPresent(EmbeddedPostgresProvider::awaitExit);
      FileTree.remove(home);
      removeLibraryFolder();
    } catch (IOException e) {
      throw new UncheckedIOException("The embedded server's files were not removed.", e);
    }
  }

  /** The library asks the server to stop, but neither waits for its end nor insists. */
  private static void awaitExit(ProcessHandle process) {
    if (!Deadline.in(STOP).await(() -> !process.isAlive())) {
      process.destroyForcibly();
    }
  }

  /** The library makes a folder of its own even when it is told to use another. */
  private static void removeLibraryFolder() throws IOException {
    Path folder = Path.of(System.getProperty("java.io.tmpdir"), "embedded-pg");
    try {
      Files.deleteIfExists(folder);
    } catch (DirectoryNotEmptyException e) {
      // Somebody else uses it.
      return;
    }
  }
}

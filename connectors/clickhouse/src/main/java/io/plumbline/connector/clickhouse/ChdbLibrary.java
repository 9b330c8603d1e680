package io.plumbline.connector.clickhouse;

import io.plumbline.matrix.connector.SystemFailureException;
import io.plumbline.matrix.connector.SystemUnavailableException;
import io.plumbline.matrix.lab.UserCache;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * Where the engine's library is: the file that the user names, or the pinned version in the user's
 * cache, fetched through npm (with the user's own settings of it) when it is not there yet. 559 MB,
 * so it is kept outside every project and checked when it comes, not at each use.
 */
final class ChdbLibrary {
  private static final String PROPERTY = "matrix.chdb-lib";
  private static final String VARIABLE = "MATRIX_CHDB_LIB";

  private static final String VERSION = "26.5.3";
  private static final String PACKAGE = "@chdb/lib-linux-x64-gnu@" + VERSION;
  private static final String INTEGRITY =
      "sha512-fPrLmRt5Moor9yGz4mazbrNje4t7X9KB2mTGkXFWRxRBs2iKy8yh6jx11xsa0Qr3iDFMU/yHqd+bVdYJXu3QaQ==";

  private static final String ENTRY = "package/libchdb.so";
  private static final int FETCH_MINUTES = 5;
  private static final int BUFFER_BYTES = 1 << 20;

  private final Map<String, String> properties;
  private final Map<String, String> environment;
  private final String npm;

  /**
   * @param properties system properties
   * @param environment environment variables
   * @param npm the program that fetches packages
   */
  ChdbLibrary(Map<String, String> properties, Map<String, String> environment, String npm) {
    this.properties = properties;
    this.environment = environment;
    this.npm = npm;
  }

  /** As this JVM was told. */
  static ChdbLibrary ofJvm() {
    Properties all = System.getProperties();
    Map<String, String> properties =
        all.stringPropertyNames().stream()
            .collect(Collectors.toMap(Function.identity(), all::getProperty));
    return new ChdbLibrary(properties, System.getenv(), "npm");
  }

  /**
   * The library's file.
   *
   * @throws SystemUnavailableException when there is none and none can be fetched
   * @throws SystemFailureException when what was named or fetched is not what it should be
   */
  Path file() {
    String named = properties.getOrDefault(PROPERTY, environment.get(VARIABLE));
    if (named != null) {
      return named(Path.of(named));
    }
    if (!properties.getOrDefault("os.name", "").equals("Linux")
        || !properties.getOrDefault("os.arch", "").equals("amd64")) {
      throw unavailable("It is fetched for Linux on x86-64 only");
    }
    Path folder = cache().resolve(VERSION);
    Path library = folder.resolve("libchdb.so");
    try {
      Files.createDirectories(folder);
      if (!Files.exists(library)) {
        fetch(folder, library);
      }
    } catch (IOException e) {
      throw new SystemFailureException(
          ClickhouseTypes.FAMILY, "The library cannot be kept in %s.".formatted(folder), e);
    }
    return library;
  }

  private static Path named(Path library) {
    if (!Files.isReadable(library)) {
      throw new SystemFailureException(
          ClickhouseTypes.FAMILY,
          "%s (%s) names %s, which cannot be read; name the file libchdb.so or leave it out."
              .formatted(VARIABLE, PROPERTY, library));
    }
    return library.toAbsolutePath();
  }

  private Path cache() {
    return UserCache.of(environment, properties.getOrDefault("user.home", ""))
        .folder()
        .resolve("chdb");
  }

  private static SystemUnavailableException unavailable(String why) {
    return new SystemUnavailableException(
        ClickhouseTypes.FAMILY,
        "the engine's library is missing. %s; install npm and let it reach its registry, or let %s name the file libchdb.so (npm package %s)."
            .formatted(why, VARIABLE, PACKAGE));
  }

  /** One process fetches, others that run at the same time wait for it. */
  private void fetch(Path folder, Path library) throws IOException {
    try (FileChannel channel =
            FileChannel.open(
                folder.resolve("fetch.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      if (!lock.isValid() || Files.exists(library)) {
        return;
      }
      Path work = Files.createTempDirectory(folder, "fetch");
      try {
        pack(work);
        unpack(packed(work), work.resolve("libchdb.so"));
        Files.move(work.resolve("libchdb.so"), library, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        remove(work);
      }
    }
  }

  private void pack(Path work) {
    List<String> command = List.of(npm, "pack", PACKAGE, "--silent");
    Process process;
    try {
      process =
          new ProcessBuilder(command)
              .directory(work.toFile())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
    } catch (IOException e) {
      throw unavailable("There is no npm to fetch it with");
    }
    try {
      if (!process.waitFor(FETCH_MINUTES, TimeUnit.MINUTES)) {
        throw unavailable("'npm pack' did not end within %d minutes".formatted(FETCH_MINUTES));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SystemFailureException(
          ClickhouseTypes.FAMILY, "Fetching the library was interrupted.", e);
    } finally {
      process.destroyForcibly();
    }
    if (process.exitValue() != 0) {
      throw unavailable("'npm pack' failed with status %d".formatted(process.exitValue()));
    }
  }

  private static Path packed(Path work) throws IOException {
    try (Stream<Path> files = Files.list(work)) {
      Optional<Path> archive = files.filter(f -> f.toString().endsWith(".tgz")).findFirst();
      return archive.orElseThrow(() -> unavailable("'npm pack' left no archive"));
    }
  }

  /** Hashes and unpacks in one pass; whoever gets an exception has nothing. */
  private static void unpack(Path archive, Path library) throws IOException {
    MessageDigest digest = sha512();
    boolean found = false;
    try (DigestInputStream bytes =
            new DigestInputStream(
                new BufferedInputStream(Files.newInputStream(archive), BUFFER_BYTES), digest);
        TarArchiveInputStream tar =
            new TarArchiveInputStream(new GZIPInputStream(bytes, BUFFER_BYTES))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        if (entry.getName().equals(ENTRY)) {
          Files.copy(tar, library);
          found = true;
        }
      }
      drain(bytes);
    }
    String actual = "sha512-" + Base64.getEncoder().encodeToString(digest.digest());
    if (!found || !actual.equals(INTEGRITY)) {
      throw new SystemFailureException(
          ClickhouseTypes.FAMILY,
          "The package %s came with the hash %s, but %s is the one that was tried; nothing of it is used."
              .formatted(PACKAGE, actual, INTEGRITY));
    }
  }

  private static void drain(InputStream bytes) throws IOException {
    bytes.transferTo(java.io.OutputStream.nullOutputStream());
  }

  private static MessageDigest sha512() {
    try {
      return MessageDigest.getInstance("SHA-512");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void remove(Path work) {
    try (Stream<Path> files = Files.list(work)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
      Files.delete(work);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package io.plumbline.connector.clickhouse;

import com.sun.jna.Native;
import io.plumbline.connector.clickhouse.chdb.ChdbServer;
import io.plumbline.connector.clickhouse.chdb.Directory;
import io.plumbline.matrix.connector.SystemFailureException;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The child JVM that holds the engine. It ends when its standard input does, so also when this JVM
 * was killed, and takes its directory with it.
 */
final class ChdbProcess implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(60);
  private static final Duration STOP = Duration.ofSeconds(20);
  private static final int KEY_BITS = 128;
  private static final String USER = "default";

  private final Process process;
  private final Endpoint endpoint;
  private final Directory directory;

  private ChdbProcess(Process process, Endpoint endpoint, Directory directory) {
    this.process = process;
    this.endpoint = endpoint;
    this.directory = directory;
  }

  /**
   * Starts the engine.
   *
   * @param directory the child's own; removed by it
   */
  static ChdbProcess start(Path library, Path directory) {
    return start(
        library,
        directory,
        new BigInteger(KEY_BITS, new SecureRandom()).toString(Character.MAX_RADIX));
  }

  /**
   * Starts the engine, perhaps on the data of one that was killed.
   *
   * @param key the password of its user
   */
  static ChdbProcess start(Path library, Path directory, String key) {
    try {
      Files.createDirectories(directory);
      Process process = builder(library, directory).start();
      try {
        process.getOutputStream().write((key + "\n").getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
        URI uri = URI.create("http://localhost:" + port(process, directory));
        return new ChdbProcess(process, new Endpoint(uri, USER, key), new Directory(directory));
      } catch (IOException | RuntimeException e) {
        process.destroyForcibly();
        throw e;
      }
    } catch (IOException e) {
      throw new SystemFailureException(
          ClickhouseTypes.FAMILY, "The engine's process did not start.", e);
    }
  }

  private static ProcessBuilder builder(Path library, Path directory) {
    Path java = Path.of(System.getProperty("java.home"));
    ProcessBuilder builder =
        new ProcessBuilder(
            java.resolve("bin/java").toString(),
            // Memory is the engine's, outside the heap; hardly any code of the child is hot.
            "-Xmx128m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:-UsePerfData",
            "-XX:ErrorFile=" + directory.resolve("crash.log"),
            "-Djava.io.tmpdir=" + directory,
            "-Djna.tmpdir=" + directory,
            // Without it the end of each answer waits for the client's acknowledgement.
            "-Dsun.net.httpserver.nodelay=true",
            "-cp",
            place(ChdbServer.class) + File.pathSeparator + place(Native.class),
            ChdbServer.class.getName(),
            library.toString(),
            directory.toString());
    // Keeps the signal handlers of the JVM in front of the engine's.
    builder.environment().put("LD_PRELOAD", java.resolve("lib/libjsig.so").toString());
    builder.redirectError(directory.resolve("server.log").toFile());
    return builder;
  }

  private static Path place(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static int port(Process process, Path directory) throws IOException {
    CompletableFuture<Integer> port = new CompletableFuture<>();
    Thread output = new Thread(() -> listen(process, port), "plumbline-chdb-output");
    output.setDaemon(true);
    output.start();
    try {
      return port.get(START.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new SystemFailureException(
          ClickhouseTypes.FAMILY,
          "The engine did not start: %s".formatted(lastWords(directory)),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SystemFailureException(ClickhouseTypes.FAMILY, "Its start was interrupted.", e);
    }
  }

  /** Reads to the end, so that the child never waits for somebody to take its words. */
  private static void listen(Process process, CompletableFuture<Integer> port) {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith(ChdbServer.READY)) {
          port.complete(Integer.parseInt(line.substring(ChdbServer.READY.length())));
        }
      }
      port.completeExceptionally(new IOException("The child ended without a word."));
    } catch (IOException e) {
      port.completeExceptionally(e);
    }
  }

  private static String lastWords(Path directory) throws IOException {
    Path log = directory.resolve("server.log");
    List<String> lines = Files.exists(log) ? Files.readAllLines(log) : List.of();
    return lines.isEmpty() ? "it said nothing." : lines.get(0);
  }

  Endpoint endpoint() {
    return endpoint;
  }

  ProcessHandle handle() {
    return process.toHandle();
  }

  @Override
  public void close() {
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      // It is gone already, and that is what was wanted.
      process.destroyForcibly();
    }
    try {
      if (!process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    // What a child that crashed could not remove.
    directory.remove();
  }
}

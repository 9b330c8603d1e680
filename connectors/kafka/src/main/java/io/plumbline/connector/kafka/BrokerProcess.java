package io.plumbline.connector.kafka;

import io.plumbline.matrix.connector.SystemFailureException;
import io.plumbline.matrix.lab.Deadline;
import io.plumbline.matrix.lab.FileTree;
import io.plumbline.matrix.lab.ServerLog;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;

/** A broker in a JVM of its own, which ends with this one. */
final class BrokerProcess implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(60);
  private static final Duration STOP = Duration.ofSeconds(10);
  private static final int ATTEMPTS = 3;

  /** Little memory and little compilation: what a broker holds is in the page cache. */
  private static final List<String> JVM =
      List.of(
          "-Xmx256m",
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-XX:-UsePerfData",
          "-Dfile.encoding=UTF-8");

  private final Path home;
  private final Process process;
  private final int port;
  private final String version;

  private BrokerProcess(Path home, Process process, int port, String version) {
    this.home = home;
    this.process = process;
    this.port = port;
    this.version = version;
  }

  /**
   * Starts a broker whose files are in a folder of its own.
   *
   * @throws SystemFailureException when it did not come up
   */
  static BrokerProcess start(Path home) {
    SystemFailureException failure = null;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      try {
        return attempt(home);
      } catch (SystemFailureException e) {
        // A port that was free a moment ago may be taken.
        failure = e;
      } catch (IOException e) {
        throw new SystemFailureException(
            KafkaConnector.FAMILY, "The broker's JVM cannot be started in " + home + ".", e);
      }
    }
    throw failure == null
        ? new SystemFailureException(KafkaConnector.FAMILY, "The broker was not started.")
        : failure;
  }

  private static BrokerProcess attempt(Path home) throws IOException {
    Files.createDirectories(home);
    Path log = home.resolve("server.log");
    int[] ports = freePorts();
    Process process = fork(home, log, ports);
    try {
      Optional<String> version = awaitReady(process);
      if (version.isPresent()) {
        return new BrokerProcess(home, process, ports[0], version.get());
      }
    } catch (IOException | RuntimeException e) {
      end(process);
      throw e;
    }
    end(process);
    throw new SystemFailureException(
        KafkaConnector.FAMILY,
        "The broker did not come up within %d s: %s."
            .formatted(START.toSeconds(), new ServerLog(log).lastWords()));
  }

  private static Process fork(Path home, Path log, int[] ports) throws IOException {
    ProcessBuilder builder = new ProcessBuilder();
    builder.command().add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    builder.command().addAll(JVM);
    builder
        .command()
        .addAll(
            List.of(
                BrokerMain.class.getName(),
                home.resolve("data").toString(),
                Integer.toString(ports[0]),
                Integer.toString(ports[1])));
    // Not an argument: a class path may be longer than a command line.
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    return builder.redirectError(ProcessBuilder.Redirect.appendTo(log.toFile())).start();
  }

  /** Both at once, so that they differ. */
  private static int[] freePorts() throws IOException {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    try (ServerSocket first = new ServerSocket(0, 1, loopback);
        ServerSocket second = new ServerSocket(0, 1, loopback)) {
      return new int[] {first.getLocalPort(), second.getLocalPort()};
    }
  }

  private static Optional<String> awaitReady(Process process) throws IOException {
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    Deadline deadline = Deadline.in(START);
    StringBuilder line = new StringBuilder();
    while (!deadline.passed()) {
      while (out.ready()) {
        int c = out.read();
        if (c != '\n') {
          line.append((char) c);
        } else if (line.toString().startsWith(BrokerMain.READY)) {
          return Optional.of(line.substring(BrokerMain.READY.length()).strip());
        } else {
          line.setLength(0);
        }
      }
      if (!process.isAlive()) {
        return Optional.empty();
      }
      if (Thread.currentThread().isInterrupted()) {
        throw new CancellationException("Interrupted while the broker was starting.");
      }
      Deadline.pause();
    }
    return Optional.empty();
  }

  String address() {
    return InetAddress.getLoopbackAddress().getHostAddress() + ":" + port;
  }

  String version() {
    return version;
  }

  ProcessHandle handle() {
    return process.toHandle();
  }

  boolean alive() {
    return process.isAlive();
  }

  /** Ends the broker and removes its files. */
  @Override
  public void close() {
    end(process);
    try {
      FileTree.remove(home);
    } catch (IOException e) {
      throw new UncheckedIOException("The broker's files were not removed.", e);
    }
  }

  private static void end(Process process) {
    process.destroyForcibly();
    boolean interrupted = Thread.interrupted();
    try {
      process.waitFor(STOP.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}

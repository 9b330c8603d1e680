package io.plumbline.containers;

import io.plumbline.matrix.connector.EndpointProvider.Request;
import io.plumbline.matrix.connector.StartedEndpoint;
import io.plumbline.matrix.connector.SystemFailureException;
import io.plumbline.matrix.connector.SystemUnavailableException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A run in a JVM of its own, with one container: it can be killed, and its engine taken away from
 * it. Testcontainers' reaper is switched off, because it would be faster.
 */
final class OtherRun implements AutoCloseable {
  static final String READY = "ready";
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Process process;

  private OtherRun(Process process) {
    this.process = process;
  }

  /** Says that the container is ready, or why not. */
  @SuppressWarnings("SystemOut") // read by the test
  public static void main(String... arguments) throws InterruptedException {
    Request request = new Request(DockerLab.POSTGRES, DockerLab.IMAGE, PATIENCE);
    try (StartedEndpoint started = new ContainerProvider().start(request)) {
      System.out.println(started.endpoint().address().isEmpty() ? "nowhere" : READY);
      new CountDownLatch(1).await();
    } catch (SystemFailureException | SystemUnavailableException e) {
      System.out.println(e.getMessage());
    }
  }

  static OtherRun start(Map<String, String> environment) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            OtherRun.class.getName());
    Map<String, String> all = new HashMap<>(environment);
    all.put("TESTCONTAINERS_RYUK_DISABLED", "true");
    all.put("CLASSPATH", System.getProperty("java.class.path"));
    builder.environment().putAll(all);
    return new OtherRun(builder.redirectError(ProcessBuilder.Redirect.DISCARD).start());
  }

  /** What it says first; waits for it. */
  String said() throws IOException {
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      return String.valueOf(out.readLine());
    }
  }

  boolean ended() {
    return !process.isAlive();
  }

  Owner owner() {
    return new Owner(
        Owner.current().place(), process.pid(), process.info().startInstant().orElseThrow());
  }

  /** As kill -9 does. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    if (!process.waitFor(10, TimeUnit.SECONDS)) {
      throw new IllegalStateException("It lives.");
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}

package io.plumbline.containers;

import io.plumbline.matrix.connector.Connector;
import io.plumbline.matrix.connector.EndpointProvider.Request;
import io.plumbline.matrix.connector.Feature;
import io.plumbline.matrix.connector.StartedEndpoint;
import io.plumbline.matrix.connector.SystemUnavailableException;
import io.plumbline.matrix.dataset.Volume;
import io.plumbline.matrix.mover.ReferenceMover;
import io.plumbline.matrix.registry.Family;
import io.plumbline.matrix.registry.Matrix;
import io.plumbline.matrix.registry.RunMode;
import io.plumbline.matrix.run.CaseResult;
import io.plumbline.matrix.run.Progress;
import io.plumbline.matrix.run.RunSettings;
import io.plumbline.matrix.run.StandardRun;
import io.plumbline.matrix.run.SystemSettings;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A run in a JVM of its own, with one container: it can be killed, and its engine taken away from
 * it. Testcontainers' reaper is switched off, because it would be faster.
 */
final class OtherRun implements AutoCloseable {
  static final String READY = "ready";
  private static final String CASE = "case";
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Process process;

  private OtherRun(Process process) {
    this.process = process;
  }

  /** Says what became of its one case; or, without a case, of its container. */
  @SuppressWarnings("SystemOut") // read by the test
  public static void main(String... arguments) throws InterruptedException {
    System.out.println(arguments[0].equals(CASE) ? result() : holding());
  }

  /** Holds a container until it is killed. */
  @SuppressWarnings("SystemOut") // read by the test
  private static String holding() throws InterruptedException {
    Request request = new Request(DockerLab.POSTGRES, DockerLab.IMAGE, PATIENCE);
    try (StartedEndpoint started = new ContainerProvider().start(request)) {
      System.out.println(started.endpoint().address().isEmpty() ? "nowhere" : READY);
      new CountDownLatch(1).await();
      return "not killed";
    } catch (SystemUnavailableException e) {
      return String.valueOf(e.getMessage());
    }
  }

  /** A family of which nothing is known but that it has a container. */
  private record Unknown(Family family) implements Connector {
    @Override
    public Set<Feature> features() {
      return Set.of();
    }
  }

  private static String result() {
    String registry =
        """
        schema: plumbline.matrix.registry/1
        sources: [postgres]
        sinks: [postgres]
        strategies: [full_refresh]
        rejections: []
        """;
    Matrix matrix =
        Matrix.read("test", new ByteArrayInputStream(registry.getBytes(StandardCharsets.UTF_8)));
    Map<Family, String> images =
        DockerLab.IMAGE.map(image -> Map.of(DockerLab.POSTGRES, image)).orElse(Map.of());
    RunSettings settings =
        new RunSettings(
            RunMode.REAL_LOCAL,
            Volume.DEFAULT,
            Path.of("target", "unused"),
            1,
            PATIENCE,
            PATIENCE,
            new SystemSettings(Map.of(), images, SystemSettings.Missing.ERROR, PATIENCE));
    try (StandardRun run =
        new StandardRun(
            settings,
            matrix,
            List.of(new Unknown(DockerLab.POSTGRES)),
            List.of(new ContainerProvider()),
            new ReferenceMover(),
            InstantSource.system(),
            Progress.SILENT)) {
      CaseResult result = run.run(matrix.cases().get(0));
      return result.verdict() + " " + result.reason();
    }
  }

  /** One that begins to hold a container. */
  static OtherRun holdingAContainer() throws IOException {
    return start(Map.of(), "container");
  }

  /** One of a case, with another engine than ours. */
  static OtherRun ofACase(String engine) throws IOException {
    return start(Map.of("DOCKER_HOST", engine), CASE);
  }

  private static OtherRun start(Map<String, String> environment, String what) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            OtherRun.class.getName(),
            what);
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

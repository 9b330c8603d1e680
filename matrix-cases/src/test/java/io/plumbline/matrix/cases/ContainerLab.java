package io.plumbline.matrix.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.Container;
import io.plumbline.connector.kafka.KafkaConnector;
import io.plumbline.matrix.connector.Connector;
import io.plumbline.matrix.connector.EndpointProvider;
import io.plumbline.matrix.connector.SystemUnavailableException;
import io.plumbline.matrix.dataset.Volume;
import io.plumbline.matrix.mover.ReferenceMover;
import io.plumbline.matrix.registry.Family;
import io.plumbline.matrix.registry.Matrix;
import io.plumbline.matrix.registry.MatrixCase;
import io.plumbline.matrix.registry.RunMode;
import io.plumbline.matrix.run.CaseResult;
import io.plumbline.matrix.run.Progress;
import io.plumbline.matrix.run.RunSettings;
import io.plumbline.matrix.run.StandardRun;
import io.plumbline.matrix.run.SystemSettings;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.ContainerFetchException;

/**
 * Runs of real_local on the engine of this machine. {@code MATRIX_IMAGE_POSTGRES}, {@code
 * MATRIX_IMAGE_MYSQL} and {@code MATRIX_IMAGE_KAFKA} name the images. Without an engine tests are
 * left out, unless one of them or {@code PLUMBLINE_DOCKER=required} promises one.
 */
final class ContainerLab {
  /** Who counts the containers of this JVM has to be alone. */
  static final String CONTAINERS = "io.plumbline.containers";

  private static final Duration SILENCE = Duration.ofSeconds(15);
  private static final Matrix MATRIX = Matrix.ofClassPath(Matrix.CANONICAL);

  private ContainerLab() {}

  static DockerClient engine() {
    return DockerClientFactory.instance().client();
  }

  static void requireEngine() {
    try {
      if (!DockerClientFactory.instance().isDockerAvailable()) {
        missing("no Docker engine answers");
      }
    } catch (ContainerFetchException e) {
      missing(String.valueOf(e.getMessage()));
    }
  }

  /** Leaves a test out when what its case needs cannot be had, and nobody promised it. */
  static void requireImages(CaseResult result) {
    if (result.failure() != null
        && result.failure().getCause() instanceof SystemUnavailableException unavailable) {
      missing(String.valueOf(unavailable.getMessage()));
    }
  }

  /** What was promised has to be there; what nobody promised may be missing. */
  private static void missing(String why) {
    boolean promised = !images().isEmpty() || "required".equals(System.getenv("PLUMBLINE_DOCKER"));
    assertThat(promised).as(why).isFalse();
    abort(why);
  }

  private static Map<Family, String> images() {
    return Stream.of("postgres", "mysql", "kafka")
        .flatMap(
            family ->
                Optional.ofNullable(
                    System.getenv("MATRIX_IMAGE_" + family.toUpperCase(Locale.ROOT)))
                    .map(image -> Map.entry(new Family(family), image))
                    .stream())
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /** The containers of this JVM. */
  static List<Container> containers() {
    String own = Long.toString(ProcessHandle.current().pid());
    return engine()
        .listContainersCmd()
        .withShowAll(true)
        .withLabelFilter(Map.of("io.plumbline.owner.pid", own))
        .exec();
  }

  static MatrixCase find(String caseId) {
    return MATRIX.find(caseId).orElseThrow();
  }

  static StandardRun run(EndpointProvider containers, Path artifacts) {
    RunSettings settings =
        new RunSettings(
            RunMode.REAL_LOCAL,
            new Volume(1_000, new BigDecimal("0.20"), new BigDecimal("0.05"), 12, 20260603L),
            artifacts,
            1,
            Duration.ofMinutes(5),
            Duration.ofMinutes(5),
            new SystemSettings(
                Map.of(), images(), SystemSettings.Missing.ERROR, Duration.ofMinutes(2)));
    return new StandardRun(
        settings,
        MATRIX,
        connectors(),
        List.of(containers),
        new ReferenceMover(),
        InstantSource.system(),
        Progress.SILENT);
  }

  /** A client of Kafka asks again for as long as it is told to. */
  private static List<Connector> connectors() {
    return Families.all().stream()
        .map(each -> each instanceof KafkaConnector ? new KafkaConnector(SILENCE) : each)
        .toList();
  }
}

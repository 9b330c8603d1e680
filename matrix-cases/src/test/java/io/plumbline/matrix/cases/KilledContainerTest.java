package io.plumbline.matrix.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.Container;
import io.plumbline.connector.kafka.KafkaConnector;
import io.plumbline.connector.tck.Mishap;
import io.plumbline.containers.ContainerProvider;
import io.plumbline.matrix.connector.Connector;
import io.plumbline.matrix.connector.SystemFailureException;
import io.plumbline.matrix.connector.SystemUnavailableException;
import io.plumbline.matrix.dataset.Volume;
import io.plumbline.matrix.mover.ReferenceMover;
import io.plumbline.matrix.oracle.Verdict;
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
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.ContainerFetchException;

/**
 * A container that dies under a mover is a broken lab that is named, and leaves nothing behind;
 * {@code MATRIX_IMAGE_POSTGRES}, {@code MATRIX_IMAGE_MYSQL} and {@code MATRIX_IMAGE_KAFKA} name the
 * images. Without an engine it is left out, unless one of them or {@code PLUMBLINE_DOCKER=required}
 * promises one. Most of its time passes until nobody waits for a dead broker any longer.
 */
@Execution(ExecutionMode.CONCURRENT)
class KilledContainerTest {
  private static final Duration SILENCE = Duration.ofSeconds(4);

  private final Matrix matrix = Matrix.ofClassPath(Matrix.CANONICAL);
  private final AtomicBoolean killed = new AtomicBoolean();
  @TempDir private Path artifacts = Path.of("");

  @BeforeAll
  static void thereIsAnEngine() {
    try {
      if (!DockerClientFactory.instance().isDockerAvailable()) {
        missing("no Docker engine answers");
      }
    } catch (ContainerFetchException e) {
      missing(String.valueOf(e.getMessage()));
    }
  }

  /** What was promised has to be there; what nobody promised may be missing. */
  private static void missing(String why) {
    boolean promised = !images().isEmpty() || "required".equals(System.getenv("PLUMBLINE_DOCKER"));
    assertThat(promised).as(why).isFalse();
    abort(why);
  }

  private static List<Container> containers() {
    DockerClient engine = DockerClientFactory.instance().client();
    String own = Long.toString(ProcessHandle.current().pid());
    return engine
        .listContainersCmd()
        .withShowAll(true)
        .withLabelFilter(Map.of("io.plumbline.owner.pid", own))
        .exec();
  }

  /** Those that listen on a port, by which a family is known. */
  private void kill(int port) {
    if (killed.compareAndSet(false, true)) {
      for (Container container : containers()) {
        if (Arrays.stream(container.getPorts())
            .anyMatch(p -> Objects.equals(p.getPrivatePort(), port))) {
          DockerClientFactory.instance().client().killContainerCmd(container.getId()).exec();
        }
      }
    }
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

  /** One after the other, because each looks at all that are there. */
  @ParameterizedTest
  @Execution(ExecutionMode.SAME_THREAD)
  @CsvSource({
    "postgres_to_postgres__full_refresh, EXTRACT, postgres, 5432",
    "postgres_to_postgres__full_refresh, LOAD, postgres, 5432",
    "postgres_to_postgres__full_refresh, RECONCILE, postgres, 5432",
    "postgres_to_postgres__full_refresh, STATE_COMMIT, postgres, 5432",
    "mysql_to_postgres__full_refresh, EXTRACT, mysql, 3306",
    "postgres_to_kafka__full_refresh, LOAD, kafka, 9092"
  })
  void aContainerThatDiesIsABrokenLabAndNothingIsLeft(
      String caseId, Mishap.Moment moment, String family, int port) {
    MatrixCase one = matrix.find(caseId).orElseThrow();
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
    StandardRun run =
        new StandardRun(
            settings,
            matrix,
            connectors(),
            List.of(new ContainerProvider()),
            new ReferenceMover(),
            InstantSource.system(),
            Progress.SILENT);
    CaseResult result;
    try {
      Mishap death = new Mishap(moment, () -> kill(port));
      result =
          run.run(
              one,
              request ->
                  new ReferenceMover()
                      .move(
                          request
                              .withReader(death.reading(request.reader()))
                              .withWriter(death.writing(request.writer()))
                              .withStates(death.committing(request.states()))));
    } finally {
      close(run);
    }
    if (result.failure() != null
        && result.failure().getCause() instanceof SystemUnavailableException unavailable) {
      missing(String.valueOf(unavailable.getMessage()));
    }
    assertThat(killed).isTrue();
    assertThat(result.verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(result.failure()).isInstanceOf(SystemFailureException.class);
    assertThat(result.reason()).startsWith(family + ": ");
    assertThat(containers()).isEmpty();
  }

  /** A client of Kafka asks again for as long as it is told to. */
  private static List<Connector> connectors() {
    return Families.all().stream()
        .map(each -> each instanceof KafkaConnector ? new KafkaConnector(SILENCE) : each)
        .toList();
  }

  /** What a dead server cannot forget any more is no news. */
  private static void close(StandardRun run) {
    try {
      run.close();
    } catch (SystemFailureException e) {
      assertThat(e).hasMessageContaining(": ");
    }
  }
}

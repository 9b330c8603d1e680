package io.plumbline.matrix.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.dockerjava.api.DockerClient;
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
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
 * {@code MATRIX_IMAGE_POSTGRES} and {@code MATRIX_IMAGE_KAFKA} name the images. Most of its time
 * passes until nobody waits for a dead broker any longer.
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
      assumeTrue(DockerClientFactory.instance().isDockerAvailable(), "no Docker engine answers");
    } catch (ContainerFetchException e) {
      abort(e.getMessage());
    }
  }

  private static List<String> containers() {
    DockerClient engine = DockerClientFactory.instance().client();
    String own = Long.toString(ProcessHandle.current().pid());
    return engine
        .listContainersCmd()
        .withShowAll(true)
        .withLabelFilter(Map.of("io.plumbline.owner.pid", own))
        .exec()
        .stream()
        .map(c -> c.getId())
        .toList();
  }

  private void kill() {
    if (killed.compareAndSet(false, true)) {
      containers()
          .forEach(id -> DockerClientFactory.instance().client().killContainerCmd(id).exec());
    }
  }

  private static Map<Family, String> images() {
    return Stream.of("postgres", "kafka")
        .flatMap(
            family ->
                Optional.ofNullable(
                    System.getenv("MATRIX_IMAGE_" + family.toUpperCase(Locale.ROOT)))
                    .map(image -> Map.entry(new Family(family), image))
                    .stream())
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /** One after the other, because each kills all that are there. */
  @ParameterizedTest
  @Execution(ExecutionMode.SAME_THREAD)
  @CsvSource({
    "postgres_to_postgres__full_refresh, EXTRACT",
    "postgres_to_postgres__full_refresh, LOAD",
    "postgres_to_postgres__full_refresh, RECONCILE",
    "postgres_to_kafka__full_refresh, LOAD"
  })
  void aContainerThatDiesIsABrokenLabAndNothingIsLeft(String caseId, Mishap.Moment moment) {
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
      Mishap death = new Mishap(moment, this::kill);
      result =
          run.run(
              one,
              request ->
                  new ReferenceMover()
                      .move(
                          request
                              .withReader(death.reading(request.reader()))
                              .withWriter(death.writing(request.writer()))));
    } finally {
      close(run);
    }
    if (result.failure() != null
        && result.failure().getCause() instanceof SystemUnavailableException missing) {
      abort(missing.getMessage());
    }
    assertThat(killed).isTrue();
    assertThat(result.verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(result.failure()).isInstanceOf(SystemFailureException.class);
    assertThat(result.reason()).startsWith(one.id().sink() + ": ");
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

package io.plumbline.matrix.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.dockerjava.api.DockerClient;
import io.plumbline.containers.ContainerProvider;
import io.plumbline.matrix.connector.Extraction;
import io.plumbline.matrix.connector.Load;
import io.plumbline.matrix.connector.SystemFailureException;
import io.plumbline.matrix.connector.SystemUnavailableException;
import io.plumbline.matrix.dataset.Volume;
import io.plumbline.matrix.mover.Mover;
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
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
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

  /** The same, but that the container is killed before, or after, one of its methods. */
  private <T> T killing(Class<T> type, T target, String method, boolean before) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, called, arguments) -> {
              if (before && called.getName().equals(method)) {
                kill();
              }
              try {
                Object result = called.invoke(target, arguments);
                if (!before && called.getName().equals(method)) {
                  kill();
                }
                return result;
              } catch (InvocationTargetException e) {
                throw e.getCause() == null ? e : e.getCause();
              }
            }));
  }

  private Mover mover(String moment) {
    Mover mover = new ReferenceMover();
    return switch (moment) {
      case "extract" ->
          request ->
              mover.move(
                  request.withReader(
                      read ->
                          killing(Extraction.class, request.reader().open(read), "read", false)));
      case "load" ->
          request ->
              mover.move(
                  request.withWriter(
                      plan -> killing(Load.class, request.writer().begin(plan), "publish", true)));
      default ->
          request ->
              mover.move(
                  request.withWriter(
                      plan -> killing(Load.class, request.writer().begin(plan), "held", true)));
    };
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
    "postgres_to_postgres__full_refresh, extract",
    "postgres_to_postgres__full_refresh, load",
    "postgres_to_postgres__full_refresh, reconcile",
    "postgres_to_kafka__full_refresh, load"
  })
  void aContainerThatDiesIsABrokenLabAndNothingIsLeft(String caseId, String moment) {
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
            Families.all(),
            List.of(new ContainerProvider()),
            new ReferenceMover(),
            InstantSource.system(),
            Progress.SILENT);
    CaseResult result;
    try {
      result = run.run(one, mover(moment));
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

  /** What a dead server cannot forget any more is no news. */
  private static void close(StandardRun run) {
    try {
      run.close();
    } catch (SystemFailureException e) {
      assertThat(e).hasMessageContaining(": ");
    }
  }
}

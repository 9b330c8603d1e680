package io.plumbline.matrix.cases;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.connector.tck.Mishap;
import io.plumbline.connector.tck.Once;
import io.plumbline.connector.tck.Relay;
import io.plumbline.containers.ContainerProvider;
import io.plumbline.matrix.connector.EndpointProvider;
import io.plumbline.matrix.connector.ExternalEndpoint;
import io.plumbline.matrix.connector.StartedEndpoint;
import io.plumbline.matrix.connector.SystemInfo;
import io.plumbline.matrix.oracle.Verdict;
import io.plumbline.matrix.registry.Family;
import io.plumbline.matrix.run.CaseResult;
import io.plumbline.matrix.run.StandardRun;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A network between the mover and a container that is cut for a while: the case waits for it. */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(ContainerLab.CONTAINERS)
class CutContainerNetworkTest {
  private static final Duration CUT = Duration.ofSeconds(5);

  private final Relays relays = new Relays(new ContainerProvider(), new ConcurrentHashMap<>());
  @TempDir private Path artifacts = Path.of("");

  @BeforeAll
  static void thereIsAnEngine() {
    ContainerLab.requireEngine();
  }

  @ParameterizedTest
  @Execution(ExecutionMode.SAME_THREAD)
  @CsvSource({
    "postgres_to_postgres__full_refresh, EXTRACT, postgres",
    "postgres_to_postgres__full_refresh, LOAD, postgres",
    "mysql_to_postgres__full_refresh, EXTRACT, mysql"
  })
  void aCaseWaitsForAContainersNetworkAndIsRight(
      String caseId, Mishap.Moment moment, String family) {
    try (StandardRun run = ContainerLab.run(relays, artifacts)) {
      AtomicLong begin = new AtomicLong();
      Once cut =
          new Once(
              () -> {
                begin.set(System.nanoTime());
                relays.cut(new Family(family));
              });
      CaseResult result = run.run(ContainerLab.find(caseId), new Mishap(moment, cut).mover());
      ContainerLab.requireImages(result);
      assertThat(result.verdict()).as(result.reason()).isEqualTo(Verdict.PASS);
      assertThat(cut.done()).isTrue();
      assertThat(Duration.ofNanos(System.nanoTime() - begin.get())).isGreaterThan(CUT);
    }
  }

  /** Puts a network of the test's own before each container. */
  private record Relays(EndpointProvider containers, Map<Family, Relay> relays)
      implements EndpointProvider {
    private static final Pattern PORT = Pattern.compile("(?<=://)[^:/]+:(\\d+)");

    void cut(Family family) {
      Objects.requireNonNull(relays.get(family)).cut(CUT);
    }

    @Override
    public Set<Family> families() {
      return containers.families();
    }

    @Override
    public StartedEndpoint start(Request request) {
      StartedEndpoint started = containers.start(request);
      ExternalEndpoint endpoint = started.endpoint();
      Matcher port = PORT.matcher(endpoint.address());
      assertThat(port.find()).isTrue();
      int target = Integer.parseInt(port.group(1));
      Relay relay = new Relay(() -> target);
      relays.put(request.family(), relay);
      return new Relayed(
          started,
          relay,
          new ExternalEndpoint(
              port.replaceFirst("localhost:" + relay.port()),
              endpoint.user(),
              endpoint.password()));
    }
  }

  private record Relayed(StartedEndpoint started, Relay relay, ExternalEndpoint endpoint)
      implements StartedEndpoint {
    @Override
    public SystemInfo info(SystemInfo told) {
      return started.info(told);
    }

    @Override
    public void close() {
      try (started) {
        relay.close();
      }
    }
  }
}

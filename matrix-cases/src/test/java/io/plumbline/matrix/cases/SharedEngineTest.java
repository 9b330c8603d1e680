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
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Containers beside those of another run, and behind a network that is cut. */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(ContainerLab.CONTAINERS)
class SharedEngineTest {
  private static final String CASE = "postgres_to_postgres__full_refresh";
  private static final Duration CUT = Duration.ofSeconds(5);
  private static final long PATIENCE_MINUTES = 2;

  @TempDir private Path artifacts = Path.of("");

  @BeforeAll
  static void thereIsAnEngine() {
    ContainerLab.requireEngine();
  }

  /** Nobody goes on before both have their containers and begin to read. */
  private CaseResult runBeside(CyclicBarrier both, String name) {
    Mishap meeting = new Mishap(Mishap.Moment.EXTRACT, new Once(() -> meet(both)));
    try (StandardRun run = ContainerLab.run(new ContainerProvider(), artifacts.resolve(name))) {
      return run.run(ContainerLab.find(CASE), meeting.mover());
    }
  }

  private static void meet(CyclicBarrier both) {
    try {
      both.await(PATIENCE_MINUTES, TimeUnit.MINUTES);
    } catch (Exception e) {
      throw new IllegalStateException("The other run did not come so far.", e);
    }
  }

  @Test
  @Execution(ExecutionMode.SAME_THREAD)
  void twoRunsAtOnceOnOneEngineAreBothRight() {
    AtomicInteger atOnce = new AtomicInteger();
    CyclicBarrier both = new CyclicBarrier(2, () -> atOnce.set(ContainerLab.containers().size()));
    List<CompletableFuture<CaseResult>> runs =
        Stream.of("one", "two")
            .map(name -> CompletableFuture.supplyAsync(() -> runBeside(both, name)))
            .toList();
    for (CompletableFuture<CaseResult> run : runs) {
      CaseResult result = run.join();
      ContainerLab.requireImages(result);
      assertThat(result.verdict()).as(result.reason()).isEqualTo(Verdict.PASS);
    }
    assertThat(atOnce).as("a container each").hasValue(2);
    assertThat(ContainerLab.containers()).isEmpty();
  }

  /** Containers behind a network that can be cut. */
  private record Relayed(EndpointProvider containers, AtomicReference<Relay> relay)
      implements EndpointProvider {
    @Override
    public Set<Family> families() {
      return containers.families();
    }

    @Override
    public StartedEndpoint start(Request request) {
      StartedEndpoint started = containers.start(request);
      ExternalEndpoint direct = started.endpoint();
      int port = URI.create(direct.address().substring("jdbc:".length())).getPort();
      Relay between = new Relay(() -> port);
      relay.set(between);
      String address =
          direct.address().replaceFirst("//.*:\\d+/", "//localhost:%d/".formatted(between.port()));
      return new StartedEndpoint() {
        @Override
        public ExternalEndpoint endpoint() {
          return new ExternalEndpoint(address, direct.user(), direct.password());
        }

        @Override
        public SystemInfo info(SystemInfo told) {
          return started.info(told);
        }

        @Override
        public void close() {
          try (started;
              between) {
            // The network first, then what is behind it.
          }
        }
      };
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Mishap.Moment.class,
      names = {"EXTRACT", "LOAD"})
  @Execution(ExecutionMode.SAME_THREAD)
  void aCaseWaitsForAContainerWhoseNetworkIsCutAndIsRight(Mishap.Moment moment) {
    AtomicReference<Relay> relay = new AtomicReference<>();
    Once cut = new Once(() -> relay.get().cut(CUT));
    long begin = System.nanoTime();
    try (StandardRun run =
        ContainerLab.run(new Relayed(new ContainerProvider(), relay), artifacts)) {
      CaseResult result = run.run(ContainerLab.find(CASE), new Mishap(moment, cut).mover());
      ContainerLab.requireImages(result);
      assertThat(result.verdict()).as(result.reason()).isEqualTo(Verdict.PASS);
    }
    assertThat(cut.done()).isTrue();
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(CUT);
    assertThat(ContainerLab.containers()).isEmpty();
  }
}

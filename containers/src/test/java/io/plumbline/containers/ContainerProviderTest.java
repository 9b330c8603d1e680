package io.plumbline.containers;

import static io.plumbline.containers.DockerLab.IMAGE;
import static io.plumbline.containers.DockerLab.POSTGRES;
import static io.plumbline.containers.DockerLab.containers;
import static io.plumbline.containers.DockerLab.engine;
import static io.plumbline.containers.DockerLab.missing;
import static io.plumbline.containers.DockerLab.requireEngine;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.plumbline.matrix.connector.EndpointProvider.Request;
import io.plumbline.matrix.connector.EvidenceLevel;
import io.plumbline.matrix.connector.ExternalEndpoint;
import io.plumbline.matrix.connector.StartedEndpoint;
import io.plumbline.matrix.connector.SystemFailureException;
import io.plumbline.matrix.connector.SystemInfo;
import io.plumbline.matrix.connector.SystemUnavailableException;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.containers.wait.strategy.WaitStrategy;
import org.testcontainers.utility.DockerImageName;

/** Containers that start, do not start, or were left behind. */
class ContainerProviderTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final ContainerProvider provider = new ContainerProvider();

  @BeforeAll
  static void thereIsAnEngine() {
    requireEngine();
  }

  private static Request request(Optional<String> image, Duration deadline) {
    return new Request(POSTGRES, image, deadline);
  }

  private static StartedEndpoint start(ContainerProvider provider, Duration deadline) {
    try {
      return provider.start(request(IMAGE, deadline));
    } catch (SystemUnavailableException e) {
      missing(String.valueOf(e.getMessage()));
      throw e;
    }
  }

  private static boolean answers(ExternalEndpoint endpoint) {
    URI address = URI.create(endpoint.address().substring("jdbc:".length()));
    try (Socket socket = new Socket(address.getHost(), address.getPort())) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void aContainerServesUntilItIsClosedAndThenNothingIsLeft() {
    StartedEndpoint started = start(provider, PATIENCE);
    try {
      assertThat(answers(started.endpoint())).isTrue();
      assertThat(started.endpoint().password()).matches("Pl-0[0-9a-f]{32}");
      assertThat(containers(Owner.current())).hasSize(1);
      SystemInfo told = new SystemInfo(POSTGRES, "PostgreSQL", "15", EvidenceLevel.EXTERNAL);
      assertThat(started.info(told).level()).isEqualTo(EvidenceLevel.CONTAINER);
      assertThat(started.info(told).image())
          .isEqualTo(IMAGE.or(() -> Optional.of("postgres:18.6")));
      SystemInfo other = new SystemInfo(POSTGRES, "CockroachDB", "1", EvidenceLevel.EXTERNAL);
      assertThat(started.info(other).level()).isEqualTo(EvidenceLevel.STAND_IN);
    } finally {
      started.close();
    }
    assertThat(answers(started.endpoint())).isFalse();
    assertThat(containers(Owner.current())).isEmpty();
  }

  @Test
  void twoRunsAtOnceDoNotSeeEachOther() {
    CompletableFuture<StartedEndpoint> other =
        CompletableFuture.supplyAsync(() -> start(new ContainerProvider(), PATIENCE));
    try (StartedEndpoint one = start(provider, PATIENCE);
        StartedEndpoint two = other.join()) {
      assertThat(one.endpoint().address()).isNotEqualTo(two.endpoint().address());
      assertThat(one.endpoint().password()).isNotEqualTo(two.endpoint().password());
      assertThat(answers(one.endpoint())).isTrue();
      assertThat(answers(two.endpoint())).isTrue();
    }
  }

  @Test
  void anImageThatIsNotThereIsNamedWithWhatWouldHelp() {
    assertThatThrownBy(() -> provider.start(request(Optional.of("plumbline/nothing:1"), PATIENCE)))
        .isInstanceOf(SystemUnavailableException.class)
        .hasMessageStartingWith("postgres: image plumbline/nothing:1 cannot be had (")
        .hasMessageContaining("matrix.image.postgres names another one")
        .hasMessageContaining("matrix.system.postgres=external")
        .hasMessageContaining("matrix.missing-system=skip");
  }

  /** The image with another program in it, and maybe a port of the machine that it wants. */
  private record Running(String script, OptionalInt port) implements Recipe {
    Running(String script) {
      this(script, OptionalInt.empty());
    }

    @Override
    public DockerImageName image() {
      return DockerImageName.parse("postgres:18.6");
    }

    @Override
    public String product() {
      return "PostgreSQL";
    }

    @Override
    public GenericContainer<?> container(DockerImageName image, String password) {
      GenericContainer<?> container =
          new GenericContainer<>(image)
              .withExposedPorts(5432)
              .withCreateContainerCmdModifier(
                  create -> create.withEntrypoint("sh", "-c", script).withCmd(List.of()));
      port.ifPresent(taken -> container.setPortBindings(List.of(taken + ":5432")));
      return container;
    }

    @Override
    public WaitStrategy ready() {
      return Wait.forListeningPort();
    }

    @Override
    public ExternalEndpoint endpoint(GenericContainer<?> started, String password) {
      return new ExternalEndpoint("nowhere", "", "");
    }
  }

  private static Throwable failing(String script, Duration deadline) {
    return failing(new Running(script), deadline);
  }

  private static Throwable failing(Running recipe, Duration deadline) {
    ContainerProvider provider =
        new ContainerProvider(Map.of(POSTGRES, recipe), DockerLab::engine, name -> null);
    Throwable failure = catchThrowable(() -> provider.start(request(IMAGE, deadline)).close());
    if (failure instanceof SystemUnavailableException) {
      missing(String.valueOf(failure.getMessage()));
    }
    assertThat(failure).isNotNull();
    assertThat(containers(Owner.current())).isEmpty();
    return failure;
  }

  @Test
  void aContainerThatIsNotReadyInTimeShowsItsLastFiftyLines() {
    Throwable failure =
        failing("for i in $(seq 60); do echo line $i; done; sleep 600", Duration.ofSeconds(5));
    assertThat(failure)
        .isInstanceOf(SystemFailureException.class)
        .hasMessageContaining("it had 5 s, and matrix.timeout.start")
        .hasMessageContaining("matrix.timeout.start");
    assertThat(failure.getCause())
        .hasMessageStartingWith("The last 50 lines of the container's log:\nline 11\n")
        .hasMessageEndingWith("line 60");
  }

  @Test
  void aPortThatSomebodyElseHasIsNamed() throws IOException {
    try (ServerSocket taken = new ServerSocket(0)) {
      int port = taken.getLocalPort();
      assertThat(failing(new Running("sleep 600", OptionalInt.of(port)), PATIENCE))
          .isInstanceOf(SystemFailureException.class)
          .message()
          .contains(":" + port)
          .containsAnyOf("address already in use", "port is already allocated")
          .doesNotContain("ended at once", "{");
    }
  }

  @Test
  void anEngineThatStopsWhileAContainerStartsIsNamed() {
    AtomicInteger asked = new AtomicInteger();
    ContainerProvider provider =
        new ContainerProvider(
            Map.of(POSTGRES, new Running("exit 7")),
            () -> {
              if (asked.getAndIncrement() == 0) {
                return engine();
              }
              throw new IllegalStateException("Connection refused");
            },
            name -> null);
    Throwable failure = catchThrowable(() -> provider.start(request(IMAGE, PATIENCE)));
    if (failure instanceof SystemUnavailableException) {
      missing(String.valueOf(failure.getMessage()));
    }
    assertThat(failure)
        .isInstanceOf(SystemFailureException.class)
        .hasMessageStartingWith(
            "postgres: the Docker engine stopped answering while a container of ")
        .hasMessageContaining("(Connection refused)");
    assertThat(failure.getSuppressed())
        .singleElement()
        .asInstanceOf(InstanceOfAssertFactories.THROWABLE)
        .hasMessageStartingWith("postgres: its container cannot be removed");
  }

  @Test
  void aContainerThatEndsIsNotWaitedFor() {
    Instant begin = Instant.now();
    Throwable failure = failing("echo no disk left; sleep 2; exit 7", PATIENCE);
    assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(30));
    assertThat(failure)
        .isInstanceOf(SystemFailureException.class)
        .hasMessageContaining("exited with code 7");
    assertThat(failure.getCause()).hasMessageContaining("no disk left");

    // Whether anybody saw it running is a matter of luck.
    assertThat(failing("echo no disk left; exit 7", PATIENCE))
        .message()
        .containsAnyOf("(it ended at once, or published no port)", "exited with code 7");
  }
}

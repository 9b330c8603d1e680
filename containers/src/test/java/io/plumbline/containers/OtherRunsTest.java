package io.plumbline.containers;

import static io.plumbline.containers.DockerLab.containers;
import static io.plumbline.containers.DockerLab.missing;
import static io.plumbline.containers.DockerLab.remove;
import static io.plumbline.containers.DockerLab.requireEngine;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.plumbline.matrix.connector.EndpointProvider.Request;
import io.plumbline.matrix.connector.StartedEndpoint;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.testcontainers.DockerClientFactory;

/** Runs in JVMs of their own that come to a bad end, and what the next run does about it. */
class OtherRunsTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @BeforeAll
  static void thereIsAnEngine() {
    requireEngine();
  }

  private static void nextRun() {
    try (StartedEndpoint started =
        new ContainerProvider().start(new Request(DockerLab.POSTGRES, DockerLab.IMAGE, PATIENCE))) {
      assertThat(started.endpoint().password()).isNotEmpty();
    }
  }

  @Test
  void theNextRunRemovesTheContainerOfOneThatWasKilledAndOnlyThat()
      throws IOException, InterruptedException {
    try (OtherRun killed = OtherRun.holdingAContainer();
        OtherRun alive = OtherRun.holdingAContainer()) {
      Owner gone = killed.owner();
      Owner elsewhere = new Owner("somebody@elsewhere", gone.pid(), gone.started());
      try {
        requireReady(killed);
        requireReady(alive);
        String foreign = DockerLab.create(elsewhere);
        List<String> ofTheLiving = containers(alive.owner());
        killed.kill();
        assertThat(containers(gone)).as("nobody else removes it").hasSize(1);

        nextRun();
        assertThat(containers(gone)).isEmpty();
        assertThat(containers(alive.owner())).hasSize(1).isEqualTo(ofTheLiving);
        assertThat(containers(elsewhere)).containsExactly(foreign);
      } finally {
        remove(gone);
        remove(alive.owner());
        remove(elsewhere);
      }
    }
  }

  private static void requireReady(OtherRun run) throws IOException {
    assertThat(saidIfItHadTheImage(run)).isEqualTo(OtherRun.READY);
  }

  private static String saidIfItHadTheImage(OtherRun run) throws IOException {
    String said = run.said();
    if (said.contains(" cannot be had (")) {
      missing(said);
    }
    return said;
  }

  @Test
  void aCaseWhoseEngineStopsNamesItAndTheNextRunRemovesWhatIsLeft()
      throws IOException, InterruptedException {
    EngineRelay relay =
        new EngineRelay(DockerClientFactory.instance().getTransportConfig().getDockerHost());
    try (relay;
        OtherRun run = OtherRun.ofACase(relay.address())) {
      Owner owner = run.owner();
      try {
        await().atMost(PATIENCE).until(() -> run.ended() || !containers(owner).isEmpty());
        relay.close();
        assertThat(saidIfItHadTheImage(run))
            .startsWith(
                "UNKNOWN postgres: the Docker engine stopped answering while a container of ");
        run.kill();
        nextRun();
        assertThat(containers(owner)).isEmpty();
      } finally {
        remove(owner);
      }
    }
  }
}

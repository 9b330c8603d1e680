package io.plumbline.connector.clickhouse;

import io.plumbline.connector.tck.BadDaysContract;
import io.plumbline.connector.tck.Relay;
import io.plumbline.matrix.connector.EvidenceLevel;
import io.plumbline.matrix.connector.RunningSystem;
import io.plumbline.matrix.connector.SystemFailureException;
import io.plumbline.matrix.lab.Deadline;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

final class ClickhouseBadDaysTest extends BadDaysContract {
  ClickhouseBadDaysTest() {
    super(new ClickhouseConnector(), new ClickhouseConnector().sinkTypes());
  }

  @Override
  protected Server start(Path directory) {
    return new OwnServer(Clickhouse.library(), directory.resolve("chdb"));
  }

  /** The engine has another port each time; the relay's stays. */
  private static final class OwnServer implements Server {
    private static final String KEY = "the key of a test";

    private final Path library;
    private final Path directory;
    private final Relay relay;
    private final ClickhouseSystem system;
    private ChdbProcess process;

    OwnServer(Path library, Path directory) {
      this.library = library;
      this.directory = directory;
      this.process = ChdbProcess.start(library, directory, KEY);
      this.relay = new Relay(() -> process.endpoint().uri().getPort());
      this.system =
          new ClickhouseSystem(
              new Endpoint(
                  URI.create("http://localhost:" + relay.port()), process.endpoint().user(), KEY),
              EvidenceLevel.EMBEDDED,
              this::stop);
    }

    private void stop() {
      relay.close();
      process.close();
    }

    @Override
    public RunningSystem system() {
      return system;
    }

    @Override
    public List<String> held() {
      return system
          .server()
          .rows(
              "SELECT name FROM system.tables WHERE database LIKE 'pl_test%' AND database NOT LIKE '%template%'")
          .stream()
          .map(row -> row.get(0))
          .toList();
    }

    @Override
    public boolean alive() {
      return process.handle().isAlive();
    }

    @Override
    public void kill() {
      process.handle().destroyForcibly();
      process.handle().onExit().join();
    }

    @Override
    public void restart() {
      process = ChdbProcess.start(library, directory, KEY);
      // The client's pool still has connections to the one that is gone.
      if (!Deadline.in(Duration.ofSeconds(30)).await(this::answers)) {
        throw new IllegalStateException("The engine does not answer.");
      }
    }

    private boolean answers() {
      try {
        return system.server().number("SELECT 1") == 1;
      } catch (SystemFailureException e) {
        return false;
      }
    }

    @Override
    public void close() {
      system.close();
    }
  }
}

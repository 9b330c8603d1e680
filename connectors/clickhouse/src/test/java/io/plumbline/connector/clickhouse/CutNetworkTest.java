package io.plumbline.connector.clickhouse;

import io.plumbline.connector.tck.CutNetworkContract;
import io.plumbline.matrix.connector.ExternalEndpoint;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

final class CutNetworkTest extends CutNetworkContract {
  private final ChdbProcess process;

  CutNetworkTest(@TempDir Path home) {
    super(new ClickhouseConnector());
    this.process = ChdbProcess.start(Clickhouse.library(), home.resolve("chdb"));
  }

  @AfterEach
  void stop() {
    process.close();
  }

  @Override
  protected int port() {
    return process.endpoint().uri().getPort();
  }

  @Override
  protected ExternalEndpoint endpoint(int port) {
    return new ExternalEndpoint(
        "http://localhost:" + port, process.endpoint().user(), process.endpoint().password());
  }
}

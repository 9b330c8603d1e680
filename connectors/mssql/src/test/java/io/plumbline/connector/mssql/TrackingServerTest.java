package io.plumbline.connector.mssql;

import io.plumbline.connector.tck.ExternalSystemContract;
import io.plumbline.matrix.connector.ExternalEndpoint;
import io.plumbline.matrix.registry.Strategy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** Whole cases whose changes come by change tracking. */
final class TrackingServerTest extends ExternalSystemContract {
  private final TdsLab lab;

  TrackingServerTest(@TempDir Path home) throws IOException {
    super(new MssqlConnector(), Set.of(Strategy.CDC));
    this.lab = TdsLab.start(home.resolve("tds"));
  }

  @AfterEach
  void stop() {
    lab.close();
  }

  @Override
  protected ExternalEndpoint endpoint() {
    return lab.tracking();
  }

  @Override
  protected List<Unusable> unusable() {
    return List.of(
        new Unusable(
            lab.endpoint("another-" + PASSWORD), List.of("Login failed for user 'guest'")));
  }

  @Override
  protected List<String> everything() {
    return lab.everything();
  }
}

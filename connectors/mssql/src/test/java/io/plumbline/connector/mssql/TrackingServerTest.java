package io.plumbline.connector.mssql;

import io.plumbline.matrix.connector.ExternalEndpoint;
import io.plumbline.matrix.registry.Strategy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;

/** Whole cases whose changes come by change tracking. */
final class TrackingServerTest extends LabServerContract {
  TrackingServerTest(@TempDir Path home) throws IOException {
    super(home, Set.of(Strategy.CDC));
  }

  @Override
  protected ExternalEndpoint endpoint() {
    return lab().tracking();
  }
}

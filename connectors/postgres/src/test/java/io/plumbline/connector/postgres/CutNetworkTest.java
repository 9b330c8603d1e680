package io.plumbline.connector.postgres;

import io.plumbline.connector.tck.CutNetworkContract;
import io.plumbline.matrix.connector.ExternalEndpoint;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Postgres.class)
final class CutNetworkTest extends CutNetworkContract {
  private final PostgresSystem server;

  CutNetworkTest(PostgresSystem server) {
    super(new PostgresConnector());
    this.server = server;
  }

  @Override
  protected int port() {
    return server.endpoint().port();
  }

  @Override
  protected ExternalEndpoint endpoint(int port) {
    return new ExternalEndpoint(
        "jdbc:postgresql://localhost:%d/postgres".formatted(port), "postgres", "");
  }
}

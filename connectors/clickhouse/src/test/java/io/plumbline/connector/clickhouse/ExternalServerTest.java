package io.plumbline.connector.clickhouse;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.connector.tck.ExternalSystemContract;
import io.plumbline.matrix.connector.ExternalEndpoint;
import io.plumbline.matrix.registry.InvalidInputException;
import io.plumbline.matrix.registry.Strategy;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that was there before the run. */
final class ExternalServerTest extends ExternalSystemContract {
  private final ChdbProcess process;
  private final Server server;

  ExternalServerTest(@TempDir Path home) {
    super(new ClickhouseConnector(), EnumSet.of(Strategy.FULL_REFRESH, Strategy.PARTITION_REPLACE));
    this.process = ChdbProcess.start(Clickhouse.library(), home.resolve("chdb"));
    this.server = new Server(process.endpoint());
  }

  @AfterEach
  void stop() {
    server.close();
    process.close();
  }

  private ExternalEndpoint endpoint(String password) {
    return new ExternalEndpoint(
        process.endpoint().uri().toString(), process.endpoint().user(), password);
  }

  @Override
  protected ExternalEndpoint endpoint() {
    return endpoint(process.endpoint().password());
  }

  @Override
  protected List<Unusable> unusable() {
    return List.of(new Unusable(endpoint(PASSWORD), List.of("The key is wrong.")));
  }

  @Override
  protected List<String> everything() {
    return server.rows("SHOW DATABASES").stream().map(row -> row.get(0)).toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"localhost:8123", "http://me:secret@localhost", "http://localhost/?password=x"})
  void anAddressOfAnotherFormIsRefused(String address) {
    assertThatThrownBy(
            () -> new ClickhouseConnector().connect(new ExternalEndpoint(address, "", "")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("allowed is http://host:port");
  }
}

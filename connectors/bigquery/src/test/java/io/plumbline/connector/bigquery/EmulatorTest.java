package io.plumbline.connector.bigquery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.plumbline.connector.bigquery.service.RestServer;
import io.plumbline.connector.tck.ExternalSystemContract;
import io.plumbline.matrix.connector.EvidenceLevel;
import io.plumbline.matrix.connector.ExternalEndpoint;
import io.plumbline.matrix.registry.Strategy;
import io.plumbline.matrix.run.StandardRun;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

/** Something that plays BigQuery, and was there before the run. */
final class EmulatorTest extends ExternalSystemContract {
  private final RestServer server = RestServer.start(RestServer.Manners.EMULATOR);

  EmulatorTest() {
    super(
        new PlayedSource(),
        EnumSet.of(
            Strategy.FULL_REFRESH,
            Strategy.INCREMENTAL_APPEND,
            Strategy.INCREMENTAL_MERGE,
            Strategy.SCD2));
  }

  @BeforeAll
  static void assumeAvailable() {
    assumeThat(RestServer.missing()).isEmpty();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Override
  protected ExternalEndpoint endpoint() {
    return new ExternalEndpoint(server.address(), "", "");
  }

  /** That somebody else has started it makes it no more BigQuery than it is. */
  @Override
  protected EvidenceLevel evidence() {
    return EvidenceLevel.CONTAINER;
  }

  @Override
  protected List<Unusable> unusable() {
    return List.of(
        new Unusable(
            new ExternalEndpoint(server.address("nobody"), "", ""),
            List.of("There is no project at http://localhost:", "/projects/nobody")),
        new Unusable(
            new ExternalEndpoint("http://localhost:1/projects/lab", "", ""),
            List.of("The connection to http://localhost:1/projects/lab was lost.")));
  }

  @Override
  protected List<String> everything() {
    return server.datasets();
  }

  @Override
  protected void assertRun(StandardRun run) {
    assertThat(server.statements())
        .allMatch(sql -> sql.startsWith("CREATE TABLE ") || sql.startsWith("MERGE INTO "))
        .anyMatch(sql -> sql.contains("PARTITION BY `business_date`\nCLUSTER BY `id`"));
  }
}

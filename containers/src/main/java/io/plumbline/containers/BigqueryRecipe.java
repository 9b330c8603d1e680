package io.plumbline.containers;

import io.plumbline.matrix.connector.ExternalEndpoint;
import java.util.List;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.containers.wait.strategy.WaitStrategy;
import org.testcontainers.gcloud.BigQueryEmulatorContainer;
import org.testcontainers.utility.DockerImageName;

/** What plays BigQuery, with one project and without credentials. */
record BigqueryRecipe(DockerImageName image, String product) implements Recipe {
  private static final int REST = 9050;

  @Override
  public GenericContainer<?> container(DockerImageName from, String password) {
    BigQueryEmulatorContainer container = new BigQueryEmulatorContainer(from);
    // Nobody here speaks gRPC to it.
    container.setExposedPorts(List.of(REST));
    return container;
  }

  /** Its project answers; the path of the whole API would answer before that. */
  @Override
  public WaitStrategy ready() {
    return Wait.forHttp("/bigquery/v2/projects/test-project/datasets")
        .forPort(REST)
        .forStatusCode(200);
  }

  @Override
  public ExternalEndpoint endpoint(GenericContainer<?> started, String password) {
    BigQueryEmulatorContainer emulator = (BigQueryEmulatorContainer) started;
    return new ExternalEndpoint(
        emulator.getEmulatorHttpEndpoint() + "/projects/" + emulator.getProjectId(), "", "");
  }
}

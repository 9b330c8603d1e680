package io.plumbline.containers;

import io.plumbline.matrix.connector.ExternalEndpoint;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.containers.wait.strategy.WaitStrategy;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.utility.DockerImageName;

/** A broker, which has to be told after its start where it is reached. */
record KafkaRecipe(DockerImageName image, String product) implements Recipe {
  @Override
  public GenericContainer<?> container(DockerImageName from, String password) {
    KafkaContainer container = new KafkaContainer(from);
    // A topic goes with its case, not with time.
    container.withEnv("KAFKA_LOG_RETENTION_MS", "-1");
    container.withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false");
    container.withEnv("KAFKA_TRANSACTION_STATE_LOG_NUM_PARTITIONS", "1");
    return container;
  }

  @Override
  public WaitStrategy ready() {
    return Wait.forLogMessage(".*Transitioning from RECOVERY to RUNNING.*", 1);
  }

  @Override
  public ExternalEndpoint endpoint(GenericContainer<?> started, String password) {
    return new ExternalEndpoint(((KafkaContainer) started).getBootstrapServers(), "", "");
  }
}

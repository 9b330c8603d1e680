package io.plumbline.connector.kafka;

import io.plumbline.matrix.connector.EvidenceLevel;
import io.plumbline.matrix.connector.RunningSystem;
import io.plumbline.matrix.connector.SystemProvider;
import io.plumbline.matrix.registry.RunMode;
import java.nio.file.Path;

/** The real broker, started and removed by the run. */
final class EmbeddedKafkaProvider implements SystemProvider {

  @Override
  public boolean serves(RunMode mode) {
    return mode == RunMode.MOCK_LOCAL;
  }

  @Override
  public RunningSystem start(Path workDirectory) {
    BrokerProcess broker = BrokerProcess.start(workDirectory.resolve("kafka"));
    try {
      return new KafkaSystem(
          new Endpoint(broker.address(), broker::alive),
          broker.version(),
          EvidenceLevel.EMBEDDED,
          broker::close);
    } catch (RuntimeException e) {
      try (broker) {
        throw e;
      }
    }
  }
}

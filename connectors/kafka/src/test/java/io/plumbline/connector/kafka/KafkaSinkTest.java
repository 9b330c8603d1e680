package io.plumbline.connector.kafka;

import io.plumbline.connector.tck.SinkContract;
import io.plumbline.matrix.connector.Inspector.Observability;
import io.plumbline.matrix.connector.RunningSystem;
import io.plumbline.matrix.memory.MemorySystem;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a topic keeps, on a broker and in the model of mock_contract: the same. */
final class KafkaSinkTest {

  private abstract static class TopicContract extends SinkContract {
    TopicContract(RunningSystem system) {
      super(
          new KafkaConnector(),
          new KafkaConnector().sinkTypes(),
          system,
          new Observability(true, false, true));
    }

    @Override
    protected boolean mergeRewritesEqualRows() {
      return true;
    }

    /** Each generation has a mark. */
    @Override
    protected long physicalRowsAfterReplacement() {
      return 5;
    }
  }

  @Nested
  @ExtendWith(Kafka.class)
  final class OnABroker extends TopicContract {
    OnABroker(RunningSystem system) {
      super(system);
    }
  }

  @Nested
  final class InTheModel extends TopicContract {
    InTheModel() {
      super(new MemorySystem(new KafkaConnector()));
    }
  }
}

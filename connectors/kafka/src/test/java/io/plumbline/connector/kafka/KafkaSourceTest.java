package io.plumbline.connector.kafka;

import io.plumbline.connector.tck.FeedContract;
import io.plumbline.matrix.connector.RunningSystem;
import io.plumbline.matrix.memory.MemorySystem;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.ExtendWith;

/** How a topic is read, on a broker and in the model of mock_contract: the same. */
final class KafkaSourceTest {

  @Nested
  @ExtendWith(Kafka.class)
  final class OnABroker extends FeedContract {
    OnABroker(RunningSystem system) {
      super(new KafkaConnector(), system);
    }
  }

  @Nested
  final class InTheModel extends FeedContract {
    InTheModel() {
      super(new KafkaConnector(), new MemorySystem(new KafkaConnector()));
    }
  }
}

package io.plumbline.connector.kafka;

import io.plumbline.connector.tck.SharedSystem;

/** One real broker for all tests of the JVM. */
final class Kafka extends SharedSystem {
  Kafka() {
    super(new KafkaConnector(), KafkaSystem.class);
  }
}

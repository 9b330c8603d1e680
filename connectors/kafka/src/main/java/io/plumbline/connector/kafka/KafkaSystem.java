package io.plumbline.connector.kafka;

import io.plumbline.matrix.connector.CaseScope;
import io.plumbline.matrix.connector.EvidenceLevel;
import io.plumbline.matrix.connector.RunningSystem;
import io.plumbline.matrix.connector.Sink;
import io.plumbline.matrix.connector.Source;
import io.plumbline.matrix.connector.SystemInfo;
import io.plumbline.matrix.lab.QuietLogs;

/** A broker that was found or started; stopping it is left to whoever did. */
final class KafkaSystem implements RunningSystem {
  private final QuietLogs quiet = QuietLogs.of("org.apache.kafka");
  private final Endpoint endpoint;
  private final SystemInfo info;
  private final Topics topics;
  private final Runnable stop;

  /**
   * A broker that answers.
   *
   * @param stop ends the broker where it is ours, or does nothing
   */
  KafkaSystem(Endpoint endpoint, String version, EvidenceLevel level, Runnable stop) {
    this.endpoint = endpoint;
    this.info = new SystemInfo(KafkaConnector.FAMILY, "Apache Kafka", version, level);
    this.topics = new Topics(endpoint);
    this.stop = stop;
  }

  Endpoint endpoint() {
    return endpoint;
  }

  Topics topics() {
    return topics;
  }

  /** Held, so that the loggers stay quiet as long as the system is there. */
  QuietLogs quiet() {
    return quiet;
  }

  @Override
  public SystemInfo info() {
    return info;
  }

  @Override
  public Source openSource(CaseScope scope) {
    return KafkaSource.open(endpoint, topics, scope);
  }

  @Override
  public Sink openSink(CaseScope scope) {
    return KafkaSink.open(endpoint, topics, scope);
  }

  @Override
  public void close() {
    try {
      topics.close();
    } finally {
      stop.run();
    }
  }
}

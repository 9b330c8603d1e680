package io.plumbline.connector.kafka;

import io.plumbline.matrix.connector.CaseScope;
import io.plumbline.matrix.connector.Inspector;
import io.plumbline.matrix.connector.Sink;
import io.plumbline.matrix.connector.SinkWriter;

/** The sink of one case: a topic of keyed events. */
final class KafkaSink implements Sink {
  private final Topics topics;
  private final CaseTopic topic;
  private final SinkWriter writer;
  private final Inspector inspector;

  KafkaSink(Endpoint endpoint, Topics topics, CaseScope scope) {
    this.topics = topics;
    this.topic = CaseTopic.sink(scope);
    this.writer = plan -> KafkaLoad.begin(endpoint, topics, scope, topic, plan);
    this.inspector = new KafkaInspector(endpoint, topics, scope, topic);
    topics.delete(topic);
  }

  @Override
  public SinkWriter writer() {
    return writer;
  }

  @Override
  public Inspector inspector() {
    return inspector;
  }

  @Override
  public void close() {
    topics.delete(topic);
  }
}

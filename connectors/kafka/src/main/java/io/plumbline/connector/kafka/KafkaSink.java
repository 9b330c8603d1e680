package io.plumbline.connector.kafka;

import io.plumbline.matrix.connector.CaseScope;
import io.plumbline.matrix.connector.Sink;

/** The sink of one case: a topic of keyed events. */
final class KafkaSink {
  private KafkaSink() {}

  static Sink open(Endpoint endpoint, Topics topics, CaseScope scope) {
    CaseTopic topic = CaseTopic.sink(scope);
    topics.delete(topic);
    return Sink.of(
        plan -> KafkaLoad.begin(endpoint, topics, scope, topic, plan),
        new KafkaInspector(endpoint, topics, scope, topic),
        () -> topics.delete(topic));
  }
}

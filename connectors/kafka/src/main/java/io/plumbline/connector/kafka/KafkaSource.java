package io.plumbline.connector.kafka;

import io.plumbline.matrix.connector.CaseScope;
import io.plumbline.matrix.connector.Source;

/** The source of one case: a compacted topic of rows by key, and the group that reads it. */
final class KafkaSource {
  private KafkaSource() {}

  static Source open(Endpoint endpoint, Topics topics, CaseScope scope) {
    CaseTopic topic = CaseTopic.source(scope);
    topics.delete(topic);
    return Source.of(
        new KafkaFixture(endpoint, topics, scope, topic),
        new KafkaReader(endpoint, topics, scope, topic),
        () -> {
          topics.delete(topic);
          topics.forget(topic);
        });
  }
}

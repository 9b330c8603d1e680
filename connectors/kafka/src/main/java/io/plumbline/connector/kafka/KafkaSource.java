package io.plumbline.connector.kafka;

import io.plumbline.matrix.connector.CaseScope;
import io.plumbline.matrix.connector.Fixture;
import io.plumbline.matrix.connector.Source;
import io.plumbline.matrix.connector.SourceReader;

/** The source of one case: a compacted topic of rows by key, and the group that reads it. */
final class KafkaSource implements Source {
  private final Topics topics;
  private final CaseTopic topic;
  private final Fixture fixture;
  private final SourceReader reader;

  KafkaSource(Endpoint endpoint, Topics topics, CaseScope scope) {
    this.topics = topics;
    this.topic = CaseTopic.source(scope);
    this.fixture = new KafkaFixture(endpoint, topics, scope, topic);
    this.reader = new KafkaReader(endpoint, topics, scope, topic);
    topics.delete(topic);
  }

  @Override
  public Fixture fixture() {
    return fixture;
  }

  @Override
  public SourceReader reader() {
    return reader;
  }

  @Override
  public void close() {
    topics.delete(topic);
    topics.forget(topic);
  }
}

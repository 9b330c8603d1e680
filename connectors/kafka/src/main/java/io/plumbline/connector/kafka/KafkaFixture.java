package io.plumbline.connector.kafka;

import io.plumbline.connector.json.FixtureRows;
import io.plumbline.matrix.connector.CaseScope;
import io.plumbline.matrix.connector.Fixture;
import io.plumbline.matrix.dataset.ChangeSet;
import io.plumbline.matrix.dataset.Dataset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * The harness's side of a source: the newest image of a row under its key, a tombstone where it is
 * gone.
 */
final class KafkaFixture implements Fixture {
  private static final int PARTITIONS = 3;
  private static final Map<String, String> COMPACTED =
      Map.of("cleanup.policy", "compact", "max.message.bytes", "16777216");

  private final Endpoint endpoint;
  private final Topics topics;
  private final CaseScope scope;
  private final CaseTopic topic;

  KafkaFixture(Endpoint endpoint, Topics topics, CaseScope scope, CaseTopic topic) {
    this.endpoint = endpoint;
    this.topics = topics;
    this.scope = scope;
    this.topic = topic;
  }

  @Override
  public void seed() {
    topics.delete(topic);
    topics.create(topic, PARTITIONS, COMPACTED);
    Dataset dataset = scope.dataset();
    try (Pending base = new Pending(dataset.volume().rows() + " base rows")) {
      for (long key = 1; key <= dataset.volume().rows(); key++) {
        base.set(key, dataset.row(key, 1));
      }
      base.commit();
    }
  }

  @Override
  public PendingChanges begin(ChangeSet changes) {
    Pending pending = new Pending("changes");
    try {
      changes.forEach(
          (kind, key, row) -> pending.set(key, kind == ChangeSet.Kind.DELETE ? null : row));
      return pending;
    } catch (RuntimeException e) {
      try (pending) {
        throw e;
      }
    }
  }

  private final class Pending implements PendingChanges {
    private final FixtureRows rows = new FixtureRows(scope.columns());
    private final Transaction transaction;

    Pending(String what) {
      this.transaction =
          Transaction.begin(
              endpoint, topics, topic.name() + ".fixture", "the fixture writes " + what);
    }

    void set(long key, Object @Nullable [] row) {
      byte[] name = Long.toString(key).getBytes(StandardCharsets.UTF_8);
      transaction.send(
          new ProducerRecord<>(topic.name(), name, row == null ? null : rows.json(row)));
    }

    @Override
    public void commit() {
      transaction.commit();
    }

    @Override
    public void close() {
      transaction.close();
    }
  }
}

package io.plumbline.connector.kafka;

import io.plumbline.matrix.connector.SystemFailureException;
import io.plumbline.matrix.lab.Deadline;
import io.plumbline.matrix.lab.Interruption;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Topics and groups of a broker. Thread-safe. */
final class Topics implements AutoCloseable {
  private final Endpoint endpoint;
  private final Admin admin;

  Topics(Endpoint endpoint) {
    this(endpoint, endpoint.admin());
  }

  Topics(Endpoint endpoint, Admin admin) {
    this.endpoint = endpoint;
    this.admin = admin;
  }

  /**
   * Makes a topic, and waits until the broker knows it. One whose heartbeat is late is fenced, and
   * takes topics after the next.
   */
  void create(CaseTopic topic, int partitions, Map<String, String> settings) {
    NewTopic wanted = new NewTopic(topic.name(), partitions, (short) 1).configs(settings);
    Deadline silence = Deadline.in(endpoint.silence());
    while (!made(wanted, silence)) {
      Deadline.pause();
    }
    if (!silence.await(() -> find(topic).isPresent())) {
      throw new SystemFailureException(
          KafkaConnector.FAMILY,
          "Topic %s was made and is not there after %d s."
              .formatted(topic.name(), endpoint.silence().toSeconds()));
    }
  }

  private boolean made(NewTopic topic, Deadline silence) {
    endpoint.requireAlive();
    try {
      admin.createTopics(List.of(topic)).all().get();
      return true;
    } catch (ExecutionException | InterruptedException e) {
      if (e.getCause() instanceof InvalidReplicationFactorException && !silence.passed()) {
        return false;
      }
      throw KafkaException.of(e, "making topic " + topic.name());
    }
  }

  /** What a topic is; empty when there is none. */
  Optional<TopicDescription> find(CaseTopic topic) {
    endpoint.requireAlive();
    try {
      return Optional.ofNullable(
          admin.describeTopics(List.of(topic.name())).allTopicNames().get().get(topic.name()));
    } catch (ExecutionException | InterruptedException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        return Optional.empty();
      }
      throw KafkaException.of(e, "looking at topic " + topic.name());
    }
  }

  /**
   * The same.
   *
   * @throws KafkaException when there is none
   */
  TopicDescription require(CaseTopic topic) {
    return find(topic)
        .orElseThrow(
            () ->
                new KafkaException(
                    "There is no topic %s at %s.".formatted(topic.name(), endpoint)));
  }

  /** Removes a topic, and the group that reads it, as far as there are any. */
  void delete(CaseTopic topic) {
    endpoint.requireAlive();
    try {
      admin.deleteTopics(List.of(topic.name())).all().get();
    } catch (ExecutionException | InterruptedException e) {
      if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
        throw KafkaException.of(e, "removing topic " + topic.name());
      }
    }
  }

  /** The offsets before which everything is committed or aborted. */
  Map<TopicPartition, Long> ends(Collection<TopicPartition> partitions) {
    Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
    partitions.forEach(partition -> latest.put(partition, OffsetSpec.latest()));
    Map<TopicPartition, Long> ends = new HashMap<>();
    await(
            admin.listOffsets(latest, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED)).all(),
            "asking for the ends of " + partitions)
        .forEach((partition, end) -> ends.put(partition, end.offset()));
    return ends;
  }

  /** Tells everybody who looks how far a topic was read; nothing is read from there. */
  void commit(CaseTopic topic, Map<TopicPartition, OffsetAndMetadata> offsets) {
    await(
        admin.alterConsumerGroupOffsets(topic.name(), offsets).all(),
        "committing offsets of topic " + topic.name());
  }

  /** Removes the group of a topic. */
  void forget(CaseTopic topic) {
    endpoint.requireAlive();
    try {
      admin.deleteConsumerGroups(List.of(topic.name())).all().get();
    } catch (ExecutionException | InterruptedException e) {
      if (!(e.getCause() instanceof GroupIdNotFoundException)) {
        throw KafkaException.of(e, "removing group " + topic.name());
      }
    }
  }

  private <T> T await(KafkaFuture<T> future, String doing) {
    endpoint.requireAlive();
    try {
      return future.get();
    } catch (ExecutionException | InterruptedException e) {
      throw KafkaException.of(e, doing);
    }
  }

  @Override
  public void close() {
    Interruption.deferred(() -> admin.close(java.time.Duration.ZERO));
  }
}

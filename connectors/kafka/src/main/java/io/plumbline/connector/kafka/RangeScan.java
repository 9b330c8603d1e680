package io.plumbline.connector.kafka;

import static java.util.Objects.requireNonNull;

import io.plumbline.matrix.connector.SystemFailureException;
import io.plumbline.matrix.lab.Deadline;
import io.plumbline.matrix.lab.Interruption;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** The committed records of a partition between two offsets, in order. Never chases the end. */
final class RangeScan implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(200);

  private final Endpoint endpoint;
  private final Topics topics;
  private final CaseTopic topic;
  private final KafkaConsumer<byte[], byte[]> consumer;

  private TopicPartition partition;
  private long end;

  RangeScan(Endpoint endpoint, Topics topics, CaseTopic topic) {
    this.endpoint = endpoint;
    this.topics = topics;
    this.topic = topic;
    endpoint.requireAlive();
    this.consumer = endpoint.consumer();
    this.partition = partition(0);
  }

  /** The name of the topic. */
  String topic() {
    return topic.name();
  }

  /** The partitions' first offsets that are still there. */
  long beginning(int number) {
    endpoint.requireAlive();
    TopicPartition asked = partition(number);
    try {
      return requireNonNull(consumer.beginningOffsets(List.of(asked)).get(asked));
    } catch (RuntimeException e) {
      throw KafkaException.of(e, "asking for the beginning of " + asked);
    }
  }

  /** The offset before which everything is committed or aborted. */
  long end(int number) {
    endpoint.requireAlive();
    TopicPartition asked = partition(number);
    try {
      return requireNonNull(consumer.endOffsets(List.of(asked)).get(asked));
    } catch (RuntimeException e) {
      throw KafkaException.of(e, "asking for the end of " + asked);
    }
  }

  private TopicPartition partition(int number) {
    return new TopicPartition(topic.name(), number);
  }

  /** Goes to the beginning of a range; both bounds of the same partition. */
  void seek(int number, long from, long to) {
    partition = partition(number);
    end = to;
    try {
      consumer.assign(List.of(partition));
      consumer.seek(partition, from);
    } catch (RuntimeException e) {
      throw KafkaException.of(e, "going to offset %d of %s".formatted(from, partition));
    }
  }

  /**
   * The next records of the range.
   *
   * @return empty when there are no more
   */
  List<ConsumerRecord<byte[], byte[]>> next() {
    Deadline silence = Deadline.in(endpoint.silence());
    try {
      while (consumer.position(partition) < end) {
        List<ConsumerRecord<byte[], byte[]>> records = consumer.poll(POLL).records(partition);
        if (!records.isEmpty()) {
          return within(records);
        }
        endpoint.requireAlive();
        if (consumer.position(partition) < end && topics.find(topic).isEmpty()) {
          throw new KafkaException(
              "Topic %s was removed while it was read; make it again or point the reader at another."
                  .formatted(topic.name()));
        }
        if (silence.passed()) {
          throw new SystemFailureException(
              KafkaConnector.FAMILY,
              "The broker at %s gave no record of %s for %d s."
                  .formatted(endpoint, partition, endpoint.silence().toSeconds()));
        }
      }
      return List.of();
    } catch (RuntimeException e) {
      throw KafkaException.of(e, "reading " + partition);
    }
  }

  /** The last committed record of a partition; null when there is none. */
  @Nullable ConsumerRecord<byte[], byte[]> last(int number) {
    long first = beginning(number);
    long to = end(number);
    // Marks of commits and what was aborted take offsets too, so the last one may be no record.
    for (long back = 8; ; back *= 8) {
      long from = Math.max(first, to - back);
      ConsumerRecord<byte[], byte[]> last = null;
      seek(number, from, to);
      for (var batch = next(); !batch.isEmpty(); batch = next()) {
        last = batch.get(batch.size() - 1);
      }
      if (last != null || from == first) {
        return last;
      }
    }
  }

  private List<ConsumerRecord<byte[], byte[]>> within(
      List<ConsumerRecord<byte[], byte[]>> records) {
    int size = records.size();
    while (size > 0 && records.get(size - 1).offset() >= end) {
      size--;
    }
    return records.subList(0, size);
  }

  @Override
  public void close() {
    Interruption.deferred(() -> consumer.close(CloseOptions.timeout(Duration.ZERO)));
  }
}

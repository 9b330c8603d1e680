package io.plumbline.connector.kafka;

import io.plumbline.matrix.connector.SystemFailureException;
import io.plumbline.matrix.lab.Deadline;
import io.plumbline.matrix.lab.Interruption;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Records of which nobody who reads committed ones sees any before all are there. Ends what an
 * abandoned transaction of the same name left open. Used by one thread.
 */
final class Transaction implements AutoCloseable {
  private final Endpoint endpoint;
  private final Topics topics;
  private final String doing;
  private final KafkaProducer<byte[], byte[]> producer;
  private final Map<TopicPartition, Long> ends = new ConcurrentHashMap<>();
  private final AtomicReference<Exception> failure = new AtomicReference<>();
  private boolean open;

  private Transaction(Endpoint endpoint, Topics topics, String name, String doing) {
    this.endpoint = endpoint;
    this.topics = topics;
    this.doing = doing;
    this.producer = endpoint.producer(name);
  }

  /**
   * Begins one.
   *
   * @param name fences off whoever else uses it
   * @param doing completes "while …"
   */
  static Transaction begin(Endpoint endpoint, Topics topics, String name, String doing) {
    endpoint.requireAlive();
    Transaction transaction = new Transaction(endpoint, topics, name, doing);
    try {
      transaction.producer.initTransactions();
      transaction.producer.beginTransaction();
      transaction.open = true;
      return transaction;
    } catch (RuntimeException e) {
      try (transaction) {
        throw KafkaException.of(e, doing);
      }
    }
  }

  /** Adds a record; what becomes of it is known at the next one or at commit. */
  void send(ProducerRecord<byte[], byte[]> record) {
    // A producer that lost its broker waits at every record.
    requireSent();
    try {
      var unused =
          producer.send(
              record,
              (metadata, exception) -> {
                if (exception != null) {
                  failure.compareAndSet(null, exception);
                } else {
                  ends.merge(
                      new TopicPartition(metadata.topic(), metadata.partition()),
                      metadata.offset() + 1,
                      Math::max);
                }
              });
    } catch (RuntimeException e) {
      throw KafkaException.of(e, doing);
    }
  }

  /** Fails when a record was refused or the broker is gone. */
  private void requireSent() {
    endpoint.requireAlive();
    Exception first = failure.get();
    if (first != null) {
      throw KafkaException.of(first, doing);
    }
  }

  /**
   * Commits, and waits until everybody sees it: the broker says yes before it has told the
   * partitions.
   */
  void commit() {
    requireSent();
    try {
      producer.commitTransaction();
    } catch (RuntimeException e) {
      // A commit only says that something was not sent; the record's own failure says why.
      requireSent();
      throw KafkaException.of(e, doing);
    }
    open = false;
    Deadline deadline = Deadline.in(endpoint.silence());
    Map<TopicPartition, Long> hidden = new HashMap<>(ends);
    while (!hidden.isEmpty()) {
      topics
          .ends(hidden.keySet())
          .forEach((p, end) -> hidden.computeIfPresent(p, (k, mine) -> end >= mine ? null : mine));
      if (!hidden.isEmpty()) {
        if (deadline.passed()) {
          throw new SystemFailureException(
              KafkaConnector.FAMILY,
              "What was committed while %s is not visible after %d s."
                  .formatted(doing, endpoint.silence().toSeconds()));
        }
        Deadline.pause();
      }
    }
  }

  /** Aborts what was not committed. */
  @Override
  public void close() {
    Interruption.deferred(
        () -> {
          try {
            if (open && endpoint.alive().getAsBoolean()) {
              producer.abortTransaction();
            }
          } catch (RuntimeException e) {
            // The next transaction of the name aborts it, and until then nobody sees it.
            open = false;
          } finally {
            producer.close(Duration.ZERO);
          }
        });
  }
}

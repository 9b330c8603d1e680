package io.plumbline.connector.kafka;

import io.plumbline.matrix.connector.SystemFailureException;
import java.io.Serial;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.UnknownTopicIdException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apiguardian.api.API;

/** Kafka refused what it was asked for; the message is one sentence. */
@API(status = API.Status.INTERNAL, since = "0.1.0")
public final class KafkaException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  KafkaException(String message, Throwable cause) {
    super(message, cause);
  }

  KafkaException(String message) {
    super(message);
  }

  /**
   * What a failure of a client means: a broker that does not answer is the lab's failure, an
   * interruption nobody's, everything else the product's.
   *
   * @param doing completes "while …"
   */
  static RuntimeException of(Throwable failure, String doing) {
    Throwable cause = cause(failure);
    if (cause instanceof InterruptException || cause instanceof InterruptedException) {
      Thread.currentThread().interrupt();
      CancellationException cancelled =
          new CancellationException("Interrupted while " + doing + ".");
      cancelled.initCause(failure);
      return cancelled;
    }
    if (cause instanceof KafkaException || cause instanceof SystemFailureException) {
      return (RuntimeException) cause;
    }
    boolean noTopic =
        cause instanceof UnknownTopicOrPartitionException
            || cause instanceof UnknownTopicIdException;
    if (cause instanceof RetriableException && !noTopic) {
      return new SystemFailureException(
          KafkaConnector.FAMILY, "The broker did not answer while " + doing + ".", failure);
    }
    if (cause instanceof InvalidReplicationFactorException) {
      return new SystemFailureException(
          KafkaConnector.FAMILY,
          "No broker is ready while %s: %s".formatted(doing, cause.getMessage()),
          failure);
    }
    return new KafkaException(
        "Kafka failed while %s: %s".formatted(doing, cause.getMessage()), failure);
  }

  /** What a client's own wrappers hide. */
  private static Throwable cause(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null
        && (cause instanceof ExecutionException
            || cause.getClass() == org.apache.kafka.common.KafkaException.class)) {
      cause = cause.getCause();
    }
    return cause;
  }
}

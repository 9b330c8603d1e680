package io.plumbline.connector.kafka;

import io.plumbline.matrix.connector.ExternalEndpoint;
import io.plumbline.matrix.connector.SystemFailureException;
import io.plumbline.matrix.registry.InvalidInputException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.FinalizedVersionRange;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.security.plain.PlainLoginModule;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Where a broker listens, and the settings of its clients.
 *
 * @param address host and port
 * @param alive false once the broker is known to be gone
 * @param security settings with the credentials of clients; empty without any
 * @param silence how long it may be silent before the lab counts as broken
 */
record Endpoint(
    String address, BooleanSupplier alive, Map<String, String> security, Duration silence) {
  static final Duration SILENCE = Duration.ofSeconds(20);

  /** The most that a broker allows; a load may be long. */
  private static final String TRANSACTION_MILLIS = Long.toString(Duration.ofMinutes(15).toMillis());

  private static final int MEBIBYTE = 1 << 20;

  private static final Pattern BROKERS =
      Pattern.compile("HOST(,HOST)*".replace("HOST", "([\\w.-]+|\\[[0-9a-fA-F:.]+\\]):\\d{1,5}"));

  /** A broker that asks for no credentials. */
  Endpoint(String address, BooleanSupplier alive) {
    this(address, alive, Map.of(), SILENCE);
  }

  /** Brokers that are there already. */
  static Endpoint of(ExternalEndpoint external, Duration silence) {
    if (!BROKERS.matcher(external.address()).matches()) {
      throw new InvalidInputException(
          "Address '%s' is not that of Kafka brokers; allowed is host:port,host:port."
              .formatted(external.address()));
    }
    return new Endpoint(
        external.address(),
        () -> true,
        external.user().isEmpty() ? Map.of() : plain(external),
        silence);
  }

  private static Map<String, String> plain(ExternalEndpoint external) {
    return Map.of(
        "security.protocol",
        "SASL_PLAINTEXT",
        "sasl.mechanism",
        "PLAIN",
        "sasl.jaas.config",
        "%s required username=%s password=%s;"
            .formatted(
                PlainLoginModule.class.getName(),
                quoted(external.user()),
                quoted(external.password())));
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  /** The level of the cluster's metadata, by which brokers of several versions live together. */
  String version() {
    try (Admin admin = admin()) {
      FinalizedVersionRange level =
          admin
              .describeFeatures()
              .featureMetadata()
              .get()
              .finalizedFeatures()
              .get("metadata.version");
      return level == null ? "unknown" : "metadata.version " + level.maxVersionLevel();
    } catch (ExecutionException | InterruptedException | org.apache.kafka.common.KafkaException e) {
      throw KafkaException.of(e, "asking for its version");
    }
  }

  private static String millis(Duration duration) {
    return Long.toString(duration.toMillis());
  }

  /** An administrator; safe for use by several threads. */
  Admin admin() {
    Map<String, Object> settings = common();
    settings.put("default.api.timeout.ms", millis(silence));
    return Admin.create(settings);
  }

  /** A consumer that belongs to no group and sees only what was committed. */
  KafkaConsumer<byte[], byte[]> consumer() {
    Map<String, Object> settings = common();
    settings.put("default.api.timeout.ms", millis(silence));
    settings.put("isolation.level", "read_committed");
    settings.put("enable.auto.commit", "false");
    // A position that is gone is an error, never a jump to another one.
    settings.put("auto.offset.reset", "none");
    // Reads end at bounds known before; a fetch that waits for more holds up the next one.
    settings.put("fetch.max.wait.ms", "10");
    settings.put("max.partition.fetch.bytes", Integer.toString(4 * MEBIBYTE));
    settings.put("fetch.max.bytes", Integer.toString(8 * MEBIBYTE));
    return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** A producer of transactions; an older one of the same id is fenced off. */
  KafkaProducer<byte[], byte[]> producer(String transactionalId) {
    Map<String, Object> settings = common();
    settings.put("transactional.id", transactionalId);
    settings.put("transaction.timeout.ms", TRANSACTION_MILLIS);
    settings.put("acks", "all");
    settings.put("enable.idempotence", "true");
    settings.put("linger.ms", "5");
    settings.put("batch.size", Integer.toString(MEBIBYTE / 2));
    settings.put("buffer.memory", Integer.toString(32 * MEBIBYTE));
    settings.put("max.request.size", Integer.toString(16 * MEBIBYTE));
    settings.put("max.block.ms", millis(silence));
    settings.put("delivery.timeout.ms", millis(silence));
    return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private Map<String, Object> common() {
    Map<String, Object> settings = new HashMap<>();
    settings.put("bootstrap.servers", address);
    settings.putAll(security);
    settings.put("request.timeout.ms", millis(silence.dividedBy(2)));
    settings.put("retry.backoff.ms", "10");
    settings.put("reconnect.backoff.ms", "10");
    // Clients live for one read or one load; nobody looks at their metrics.
    settings.put("metric.reporters", "");
    settings.put("enable.metrics.push", "false");
    return settings;
  }

  /**
   * Says at once what a client would only find out by waiting.
   *
   * @throws SystemFailureException when the broker is gone
   */
  void requireAlive() {
    if (!alive.getAsBoolean()) {
      throw new SystemFailureException(
          KafkaConnector.FAMILY, "The broker at %s is gone.".formatted(address));
    }
  }

  @Override
  public String toString() {
    return address;
  }
}

package io.plumbline.connector.kafka;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** The key of a row as the key of a record: its decimal digits. */
final class RecordKey {
  private RecordKey() {}

  static byte[] of(long key) {
    return Long.toString(key).getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * The key of a record.
   *
   * @throws KafkaException when it is none
   */
  static long read(ConsumerRecord<byte[], byte[]> record) {
    byte @Nullable [] key = record.key();
    try {
      if (key != null) {
        return Long.parseLong(new String(key, StandardCharsets.US_ASCII));
      }
    } catch (NumberFormatException e) {
      throw unusable(record, new String(key, StandardCharsets.UTF_8));
    }
    throw unusable(record, "none");
  }

  private static KafkaException unusable(ConsumerRecord<byte[], byte[]> record, String key) {
    return new KafkaException(
        "The record at offset %d of %s-%d has the key %s; a row needs the digits of its id."
            .formatted(record.offset(), record.topic(), record.partition(), key));
  }
}

package io.plumbline.connector.kafka;

import io.plumbline.matrix.connector.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * What a read covers: from an offset up to another one, for every partition of a topic, fixed when
 * the read begins.
 *
 * @param topicId tells a topic from a later one of the same name
 */
record TopicBounds(String topicId, List<Range> ranges) {
  private static final String TOPIC = "topic_id";
  private static final String PARTITION = "partition.";

  /** From inclusive, to exclusive. */
  record Range(int partition, long from, long to) {}

  /** Everything that is committed now. */
  static TopicBounds whole(TopicDescription topic, RangeScan scan) {
    List<Range> ranges = new ArrayList<>();
    for (int p = 0; p < topic.partitions().size(); p++) {
      ranges.add(new Range(p, scan.beginning(p), scan.end(p)));
    }
    return new TopicBounds(topic.topicId().toString(), List.copyOf(ranges));
  }

  /**
   * Everything that was committed since a position; partitions that came later are read whole.
   *
   * @throws KafkaException when the position belongs to another topic or is no longer there
   */
  static TopicBounds after(Position from, TopicDescription topic, RangeScan scan) {
    TopicBounds whole = whole(topic, scan);
    if (!from.require(TOPIC).equals(whole.topicId())) {
      throw new KafkaException(
          "Topic %s is not the one that was read before (%s, now %s); load it anew with a full refresh."
              .formatted(topic.name(), from.require(TOPIC), whole.topicId()));
    }
    return new TopicBounds(
        whole.topicId(),
        whole.ranges().stream().map(range -> later(range, from, topic.name())).toList());
  }

  private static Range later(Range range, Position from, String topic) {
    String entry = from.values().get(PARTITION + range.partition());
    if (entry == null) {
      return range;
    }
    long offset = Long.parseLong(entry);
    if (offset < range.from() || offset > range.to()) {
      throw new KafkaException(
          "Offset %d of %s-%d is gone, it holds %d to %d; load it anew with a full refresh."
              .formatted(offset, topic, range.partition(), range.from(), range.to()));
    }
    return new Range(range.partition(), offset, range.to());
  }

  /** Where the next read goes on. */
  Position end() {
    Map<String, String> entries = new TreeMap<>();
    entries.put(TOPIC, topicId);
    ranges.forEach(r -> entries.put(PARTITION + r.partition(), Long.toString(r.to())));
    return Position.of(entries);
  }

  /** The offsets of a position; empty when it has none. */
  static Map<TopicPartition, OffsetAndMetadata> offsets(CaseTopic topic, Position position) {
    Map<TopicPartition, OffsetAndMetadata> offsets = new java.util.HashMap<>();
    position
        .values()
        .forEach(
            (name, value) -> {
              if (name.startsWith(PARTITION)) {
                offsets.put(
                    new TopicPartition(
                        topic.name(), Integer.parseInt(name.substring(PARTITION.length()))),
                    new OffsetAndMetadata(Long.parseLong(value)));
              }
            });
    return offsets;
  }
}

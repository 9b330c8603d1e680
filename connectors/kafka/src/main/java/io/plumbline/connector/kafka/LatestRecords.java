package io.plumbline.connector.kafka;

import io.plumbline.connector.json.LongTable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * The last record of every key within bounds, without those that are tombstones; in the order of
 * offsets. Each partition is read to learn the last offset of each key. Of a small one the records
 * are kept meanwhile; of another one only the offsets, and it is read a second time.
 */
final class LatestRecords implements AutoCloseable {
  private static final long GONE = -1;

  /** Bytes of keys and values: about five thousand wide rows. */
  private static final long MOST_KEPT = 24L << 20;

  private final RangeScan scan;
  private final Iterator<TopicBounds.Range> ranges;
  private final LongTable lastOffsets = new LongTable();
  private Iterator<ConsumerRecord<byte[], byte[]>> records = Collections.emptyIterator();
  private boolean within;
  private long missing;

  /** Owns the scan from now on. */
  LatestRecords(RangeScan scan, TopicBounds bounds) {
    this.scan = scan;
    this.ranges = bounds.ranges().iterator();
  }

  /**
   * The next record.
   *
   * @return null when there are no more
   * @throws KafkaException when a record vanished between the two passes
   */
  @Nullable ConsumerRecord<byte[], byte[]> next() {
    while (true) {
      while (records.hasNext()) {
        ConsumerRecord<byte[], byte[]> record = records.next();
        if (lastOffsets.get(RecordKey.read(record), GONE) == record.offset()) {
          missing--;
          return record;
        }
      }
      if (within) {
        records = scan.next().iterator();
        within = records.hasNext();
        if (!within) {
          requireAll();
        }
      } else if (ranges.hasNext()) {
        learn(ranges.next());
      } else {
        return null;
      }
    }
  }

  private void learn(TopicBounds.Range range) {
    List<ConsumerRecord<byte[], byte[]>> kept = new ArrayList<>();
    long bytes = 0;
    lastOffsets.clear();
    scan.seek(range.partition(), range.from(), range.to());
    for (var batch = scan.next(); !batch.isEmpty(); batch = scan.next()) {
      for (ConsumerRecord<byte[], byte[]> record : batch) {
        lastOffsets.put(RecordKey.read(record), record.value() == null ? GONE : record.offset());
        bytes += record.serializedKeySize() + record.serializedValueSize();
        if (bytes <= MOST_KEPT) {
          kept.add(record);
        } else {
          kept.clear();
        }
      }
    }
    if (bytes <= MOST_KEPT) {
      records = kept.iterator();
      return;
    }
    missing = 0;
    lastOffsets.forEach((key, offset) -> missing += offset == GONE ? 0 : 1);
    scan.seek(range.partition(), range.from(), range.to());
    within = true;
  }

  /** Compaction may take a record away when a later one of its key came meanwhile. */
  private void requireAll() {
    if (missing > 0) {
      throw new KafkaException(
          "%d records vanished between two passes, because the topic was compacted; read it again."
              .formatted(missing));
    }
  }

  @Override
  public void close() {
    scan.close();
  }
}

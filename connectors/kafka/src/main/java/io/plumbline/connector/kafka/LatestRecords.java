package io.plumbline.connector.kafka;

import io.plumbline.connector.json.LongTable;
import io.plumbline.connector.kafka.TopicBounds.Range;
import io.plumbline.matrix.lab.Interruption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * The last record of every key within bounds, without those that are tombstones; in the order of
 * offsets. Each partition is read to learn the last offset of each key. Of a small one the records
 * are kept meanwhile, and the next partition is learned while they are taken; of another one only
 * the offsets are kept, and it is read a second time.
 */
final class LatestRecords implements AutoCloseable {
  private static final long GONE = -1;

  /** Bytes of keys and values: about five thousand wide rows. */
  private static final long MOST_KEPT = 24L << 20;

  private final RangeScan scan;
  private final Iterator<Range> ranges;

  /** Has the scan as long as it learns; then whoever takes the records has it. */
  private final ExecutorService learner;

  private @Nullable Future<Partition> ahead;
  private LongTable lastOffsets = new LongTable();
  private Iterator<ConsumerRecord<byte[], byte[]>> records = Collections.emptyIterator();
  private boolean within;
  private long missing;

  /** What is known of a partition; its records unless they are too many. */
  private record Partition(
      Range range, LongTable lastOffsets, @Nullable List<ConsumerRecord<byte[], byte[]>> records) {}

  /** Owns the scan from now on. */
  LatestRecords(RangeScan scan, TopicBounds bounds) {
    this.scan = scan;
    this.ranges = bounds.ranges().iterator();
    this.learner =
        Executors.newSingleThreadExecutor(
            task -> new Thread(task, "plumbline-kafka-learner-" + scan.topic()));
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
        continue;
      }
      Future<Partition> next = ahead == null ? learnNext() : ahead;
      if (next == null) {
        return null;
      }
      begin(learned(next));
    }
  }

  private @Nullable Future<Partition> learnNext() {
    return ranges.hasNext() ? learner.submit(() -> learn(ranges.next())) : null;
  }

  private Partition learn(Range range) {
    List<ConsumerRecord<byte[], byte[]>> kept = new ArrayList<>();
    LongTable offsets = new LongTable();
    long bytes = 0;
    scan.seek(range.partition(), range.from(), range.to());
    for (var batch = scan.next(); !batch.isEmpty(); batch = scan.next()) {
      for (ConsumerRecord<byte[], byte[]> record : batch) {
        offsets.put(RecordKey.read(record), record.value() == null ? GONE : record.offset());
        bytes += record.serializedKeySize() + record.serializedValueSize();
        if (bytes <= MOST_KEPT) {
          kept.add(record);
        } else {
          kept.clear();
        }
      }
    }
    return new Partition(range, offsets, bytes <= MOST_KEPT ? kept : null);
  }

  private static Partition learned(Future<Partition> partition) {
    try {
      return partition.get();
    } catch (InterruptedException | ExecutionException e) {
      throw KafkaException.of(e, "learning which records are the last of their keys");
    }
  }

  private void begin(Partition partition) {
    lastOffsets = partition.lastOffsets();
    if (partition.records() != null) {
      records = partition.records().iterator();
      ahead = learnNext();
      return;
    }
    ahead = null;
    missing = 0;
    lastOffsets.forEach((key, offset) -> missing += offset == GONE ? 0 : 1);
    Range range = partition.range();
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
    learner.shutdownNow();
    Interruption.deferred(
        () -> {
          try {
            learner.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    scan.close();
  }
}

package io.plumbline.connector.kafka;

import io.plumbline.connector.json.JsonException;
import io.plumbline.connector.json.JsonMembers;
import io.plumbline.connector.json.JsonRowReader;
import io.plumbline.matrix.connector.CaseScope;
import io.plumbline.matrix.connector.Extraction;
import io.plumbline.matrix.connector.Op;
import io.plumbline.matrix.connector.PartitionFingerprint;
import io.plumbline.matrix.connector.Position;
import io.plumbline.matrix.connector.ReadRequest;
import io.plumbline.matrix.connector.RowBatch;
import io.plumbline.matrix.connector.SourceReader;
import io.plumbline.matrix.dataset.Column;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The mover's side of a source. Each read has a consumer of its own. */
final class KafkaReader implements SourceReader {
  private final Endpoint endpoint;
  private final Topics topics;
  private final CaseScope scope;
  private final CaseTopic topic;

  KafkaReader(Endpoint endpoint, Topics topics, CaseScope scope, CaseTopic topic) {
    this.endpoint = endpoint;
    this.topics = topics;
    this.scope = scope;
    this.topic = topic;
  }

  @Override
  public Extraction open(ReadRequest request) {
    TopicDescription description = topics.require(topic);
    RangeScan scan = new RangeScan(endpoint, topics, topic);
    try {
      return open(request, description, scan);
    } catch (RuntimeException e) {
      try (scan) {
        throw e;
      }
    }
  }

  private Extraction open(ReadRequest request, TopicDescription description, RangeScan scan) {
    if (request instanceof ReadRequest.RowsAfter after) {
      return new Rows(
          scan, TopicBounds.after(after.from(), description, scan), Op.UPDATE, record -> true);
    }
    TopicBounds whole = TopicBounds.whole(description, scan);
    if (request instanceof ReadRequest.Snapshot) {
      return new Rows(scan, whole, Op.SNAPSHOT, record -> true);
    }
    if (request instanceof ReadRequest.Slices slices) {
      Set<String> dates = new HashSet<>();
      slices.dates().forEach(date -> dates.add(date.toString()));
      JsonMembers date = new JsonMembers("business_date");
      return new Rows(
          scan, whole, Op.UPDATE, record -> dates.contains(parse(record, date::read)[0]));
    }
    throw new KafkaException("A topic cannot be read as %s.".formatted(request));
  }

  private final class Rows implements Extraction {
    private final LatestRecords records;
    private final JsonRowReader rows = new JsonRowReader(scope.columns());
    private final Op op;
    private final Predicate<ConsumerRecord<byte[], byte[]>> wanted;
    private final Position position;

    Rows(
        RangeScan scan,
        TopicBounds bounds,
        Op op,
        Predicate<ConsumerRecord<byte[], byte[]>> wanted) {
      this.records = new LatestRecords(scan, bounds);
      this.op = op;
      this.wanted = wanted;
      this.position = bounds.end();
    }

    @Override
    public boolean read(RowBatch batch) {
      batch.clear();
      while (!batch.full()) {
        ConsumerRecord<byte[], byte[]> record = records.next();
        if (record == null) {
          break;
        }
        if (wanted.test(record)) {
          batch.add(op, row(record));
        }
      }
      return batch.size() > 0;
    }

    private Object[] row(ConsumerRecord<byte[], byte[]> record) {
      Object[] row = parse(record, rows::read);
      long key = RecordKey.read(record);
      if (!row[Column.ID].equals(key)) {
        throw new KafkaException(
            "The record at offset %d of %s-%d has the key %d and the id %s; they must be the same."
                .formatted(
                    record.offset(), record.topic(), record.partition(), key, row[Column.ID]));
      }
      return row;
    }

    @Override
    public Position position() {
      return position;
    }

    @Override
    public void close() {
      records.close();
    }
  }

  /** Says which record it is that cannot be read. */
  private static <T> T parse(ConsumerRecord<byte[], byte[]> record, Function<byte[], T> reader) {
    try {
      return reader.apply(record.value());
    } catch (JsonException e) {
      throw new KafkaException(
          "The record at offset %d of %s-%d cannot be read: %s"
              .formatted(record.offset(), record.topic(), record.partition(), e.getMessage()),
          e);
    }
  }

  @Override
  public List<PartitionFingerprint> partitions() {
    TopicDescription description = topics.require(topic);
    JsonMembers members = new JsonMembers("business_date", "updated_at", "version", "amount");
    Map<LocalDate, Fingerprint> partitions = new TreeMap<>();
    RangeScan scan = new RangeScan(endpoint, topics, topic);
    try (scan;
        LatestRecords records = new LatestRecords(scan, TopicBounds.whole(description, scan))) {
      for (var record = records.next(); record != null; record = records.next()) {
        String[] row = parse(record, members::read);
        partitions
            .computeIfAbsent(LocalDate.parse(row[0]), date -> new Fingerprint())
            .add(RecordKey.read(record), row[1], row[2], row[3]);
      }
    }
    return partitions.entrySet().stream()
        .map(e -> new PartitionFingerprint(e.getKey(), e.getValue().toString()))
        .toList();
  }

  private static final class Fingerprint {
    private long rows;
    private long keys;
    private long versions;
    private BigDecimal amounts = BigDecimal.ZERO;
    private LocalDateTime newest = LocalDateTime.MIN;

    void add(long key, String updatedAt, String version, String amount) {
      rows++;
      keys += key;
      versions += Long.parseLong(version);
      amounts = amounts.add(new BigDecimal(amount));
      LocalDateTime at = LocalDateTime.parse(updatedAt);
      newest = at.isAfter(newest) ? at : newest;
    }

    @Override
    public String toString() {
      return "%d/%s/%d/%s/%d".formatted(rows, newest, keys, amounts, versions);
    }
  }

  @Override
  public void acknowledge(Position committed) {
    Map<org.apache.kafka.common.TopicPartition, org.apache.kafka.clients.consumer.OffsetAndMetadata>
        offsets = TopicBounds.offsets(topic, committed);
    if (!offsets.isEmpty()) {
      topics.commit(topic, offsets);
    }
  }
}

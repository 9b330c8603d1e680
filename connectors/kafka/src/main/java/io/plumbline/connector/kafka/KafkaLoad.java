package io.plumbline.connector.kafka;

import io.plumbline.connector.json.JsonMembers;
import io.plumbline.connector.json.JsonRowWriter;
import io.plumbline.connector.json.LongTable;
import io.plumbline.matrix.connector.CaseScope;
import io.plumbline.matrix.connector.ColumnContract;
import io.plumbline.matrix.connector.Load;
import io.plumbline.matrix.connector.LoadPlan;
import io.plumbline.matrix.connector.LoadTotals;
import io.plumbline.matrix.connector.Op;
import io.plumbline.matrix.connector.RowBatch;
import io.plumbline.matrix.connector.WriteAction;
import io.plumbline.matrix.dataset.Column;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * A load as one transaction: nobody who reads committed records sees any of it before it is
 * published. A load that replaces something opens a generation with a mark.
 */
final class KafkaLoad implements Load {
  /** Kept whole and for ever: whoever reads from the beginning must find every generation. */
  private static final Map<String, String> LOG =
      Map.of("cleanup.policy", "delete", "retention.ms", "-1", "max.message.bytes", "16777216");

  private static final byte[] NO_ROW = "null".getBytes(StandardCharsets.US_ASCII);
  private static final long DELETED = Long.MIN_VALUE;
  private static final int AMOUNT_SCALE = 4;

  private final Endpoint endpoint;
  private final Topics topics;
  private final CaseTopic topic;
  private final LoadPlan plan;
  private final Transaction transaction;
  private final JsonRowWriter rows;
  private final String replaced;
  private final Map<Op, List<Header>> headers = new EnumMap<>(Op.class);
  private final List<Header> tombstone;
  private final LongTable deletes = new LongTable();
  private long begin;

  private KafkaLoad(
      Endpoint endpoint, Topics topics, CaseScope scope, CaseTopic topic, LoadPlan plan) {
    this.endpoint = endpoint;
    this.topics = topics;
    this.topic = topic;
    this.plan = plan;
    this.rows =
        new JsonRowWriter(
            scope.columns().stream().filter(ColumnContract::atTarget).toList(),
            ColumnContract::sink);
    this.replaced =
        plan.action() == WriteAction.REPLACE_ALL
            ? EventHeaders.EVERYTHING
            : plan.window().stream().map(LocalDate::toString).collect(Collectors.joining(","));
    for (Op op : Op.values()) {
      headers.put(op, EventHeaders.of(op, plan.loadId(), replaced));
    }
    this.tombstone = EventHeaders.of(null, plan.loadId(), replaced);
    this.transaction =
        Transaction.begin(endpoint, topics, topic.name(), "writing load " + plan.loadId());
  }

  /** Begins a load; makes the topic when there is none. */
  static KafkaLoad begin(
      Endpoint endpoint, Topics topics, CaseScope scope, CaseTopic topic, LoadPlan plan) {
    if (plan.action() == WriteAction.HISTORY) {
      throw new KafkaException("A topic keeps no validity intervals; merge the changes instead.");
    }
    if (topics.find(topic).isEmpty()) {
      topics.create(topic, 1, LOG);
    }
    KafkaLoad load = new KafkaLoad(endpoint, topics, scope, topic, plan);
    try {
      load.begin();
      return load;
    } catch (RuntimeException e) {
      try (load) {
        throw e;
      }
    }
  }

  private void begin() {
    boolean again = false;
    try (RangeScan scan = new RangeScan(endpoint, topics, topic)) {
      begin = scan.end(0);
      if (replaced.isEmpty()) {
        ConsumerRecord<byte[], byte[]> last = scan.last(0);
        again =
            last != null
                && EventHeaders.text(last.headers(), EventHeaders.LOAD_ID).equals(plan.loadId());
      }
    }
    if (again) {
      send(null, NO_ROW, tombstone);
    } else if (!replaced.isEmpty()) {
      send(
          null,
          NO_ROW,
          headers(replaced.equals(EventHeaders.EVERYTHING) ? Op.SNAPSHOT : Op.REPLACE));
    }
  }

  private List<Header> headers(Op op) {
    return java.util.Objects.requireNonNull(headers.get(op));
  }

  @Override
  public void write(RowBatch batch) {
    for (int i = 0; i < batch.size(); i++) {
      write(batch.op(i), batch.row(i));
    }
  }

  private void write(Op op, Object[] row) {
    long key = (Long) row[Column.ID];
    byte[] recordKey = RecordKey.of(key);
    boolean delete = op == Op.DELETE;
    send(recordKey, delete ? NO_ROW : rows.write(row), headers(op));
    if (delete) {
      send(recordKey, null, tombstone);
      deletes.put(key, 1);
    } else if (deletes.size() > 0) {
      deletes.put(key, 0);
    }
  }

  private void send(byte @Nullable [] key, byte @Nullable [] value, List<Header> with) {
    transaction.send(new ProducerRecord<>(topic.name(), 0, key, value, with));
  }

  @Override
  public void publish() {
    transaction.commit();
  }

  @Override
  public LoadTotals held() {
    Held held = new Held(plan.action() == WriteAction.MERGE);
    try (RangeScan scan = new RangeScan(endpoint, topics, topic)) {
      scan.seek(0, begin, scan.end(0));
      for (var batch = scan.next(); !batch.isEmpty(); batch = scan.next()) {
        batch.forEach(held::add);
      }
    }
    return held.totals();
  }

  /** What the topic shows of this load; of a key that is merged only its last event counts. */
  private final class Held {
    private final JsonMembers amount = new JsonMembers("amount");
    private final boolean lastCounts;
    private final LongTable last = new LongTable();
    private long count;
    private long keySum;
    private long unscaledSum;

    Held(boolean lastCounts) {
      this.lastCounts = lastCounts;
    }

    void add(ConsumerRecord<byte[], byte[]> record) {
      boolean ours =
          EventHeaders.text(record.headers(), EventHeaders.LOAD_ID).equals(plan.loadId());
      String op = EventHeaders.text(record.headers(), EventHeaders.OP);
      if (!ours || record.key() == null || op.isEmpty()) {
        return;
      }
      long key = RecordKey.read(record);
      boolean delete = op.equals(Op.DELETE.id());
      if (lastCounts) {
        last.put(key, delete ? DELETED : unscaled(record));
      } else if (!delete) {
        row(key, unscaled(record));
      }
    }

    private long unscaled(ConsumerRecord<byte[], byte[]> record) {
      return new BigDecimal(amount.read(record.value())[0])
          .setScale(AMOUNT_SCALE)
          .unscaledValue()
          .longValueExact();
    }

    private void row(long key, long unscaled) {
      count++;
      keySum += key;
      unscaledSum = Math.addExact(unscaledSum, unscaled);
    }

    LoadTotals totals() {
      last.forEach(
          (key, unscaled) -> {
            if (unscaled != DELETED) {
              row(key, unscaled);
            }
          });
      long[] present = new long[1];
      deletes.forEach(
          (key, deleted) -> present[0] += deleted == 1 && last.get(key, 0) != DELETED ? 1 : 0);
      return new LoadTotals(
          count, keySum, BigDecimal.valueOf(unscaledSum, AMOUNT_SCALE), present[0]);
    }
  }

  @Override
  public void close() {
    transaction.close();
  }
}

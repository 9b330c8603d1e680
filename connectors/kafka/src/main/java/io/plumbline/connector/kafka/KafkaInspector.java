package io.plumbline.connector.kafka;

import io.plumbline.matrix.connector.CaseScope;
import io.plumbline.matrix.connector.Inspector;
import io.plumbline.matrix.connector.Op;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Reads the topic back from its beginning: the committed events as they lie there, and the rows
 * that they amount to.
 */
final class KafkaInspector implements Inspector {
  /** Values held at a time while rows are put in order. */
  private static final long MOST_BYTES = 64L << 20;

  private static final int MOST_ROWS = 1 << 18;

  private final Endpoint endpoint;
  private final Topics topics;
  private final CaseScope scope;
  private final CaseTopic topic;
  private @Nullable Content known;

  /** Content up to an end; more may have come since. */
  private record Content(long end, TopicContent content) {}

  KafkaInspector(Endpoint endpoint, Topics topics, CaseScope scope, CaseTopic topic) {
    this.endpoint = endpoint;
    this.topics = topics;
    this.scope = scope;
    this.topic = topic;
  }

  @Override
  public Observability observability() {
    return new Observability(true, false, true);
  }

  @Override
  public List<String> columns() {
    if (topics.find(topic).isEmpty()) {
      return List.of();
    }
    try (RangeScan scan = scan()) {
      scan.seek(0, 0, scan.end(0));
      for (var batch = scan.next(); !batch.isEmpty(); batch = scan.next()) {
        for (ConsumerRecord<byte[], byte[]> record : batch) {
          if (isRow(record)) {
            return InspectedRow.members(record.value());
          }
        }
      }
      return List.of();
    }
  }

  private RangeScan scan() {
    return new RangeScan(endpoint, topics, topic);
  }

  private static boolean isRow(ConsumerRecord<byte[], byte[]> record) {
    return record.key() != null
        && record.value() != null
        && !TopicContent.header(record, "op").equals("delete");
  }

  @Override
  public void rows(RowVisitor visitor) {
    if (topics.find(topic).isEmpty()) {
      return;
    }
    try (RangeScan scan = scan()) {
      InspectedRow row = new InspectedRow(scope.columns());
      InOrder inOrder = new InOrder(scan, row, visitor);
      content(scan).rows(inOrder);
      inOrder.flush();
    }
  }

  private TopicContent content(RangeScan scan) {
    long end = scan.end(0);
    Content last = known;
    if (last != null && last.end() == end) {
      return last.content();
    }
    TopicContent content = new TopicContent(scope.layout());
    scan.seek(0, 0, end);
    for (var batch = scan.next(); !batch.isEmpty(); batch = scan.next()) {
      batch.forEach(content::add);
    }
    known = new Content(end, content);
    return content;
  }

  /**
   * Hands on rows by key, although they lie by offset: takes as many as fit, fetches their values
   * in one pass, and hands them on in the order in which they were asked for.
   */
  private static final class InOrder implements TopicContent.Visitor {
    private final RangeScan scan;
    private final InspectedRow row;
    private final RowVisitor visitor;
    private long[] offsets = new long[1024];
    private int size;
    private long heldBytes;

    InOrder(RangeScan scan, InspectedRow row, RowVisitor visitor) {
      this.scan = scan;
      this.row = row;
      this.visitor = visitor;
    }

    @Override
    public void row(long key, long offset, int bytes) {
      if (size > 0 && (size == MOST_ROWS || heldBytes + bytes > MOST_BYTES)) {
        flush();
      }
      if (size == offsets.length) {
        offsets = Arrays.copyOf(offsets, 2 * size);
      }
      offsets[size++] = offset;
      heldBytes += bytes;
    }

    void flush() {
      long[] wanted = Arrays.copyOf(offsets, size);
      Arrays.sort(wanted);
      byte[][] values = new byte[size][];
      if (size > 0) {
        fetch(wanted, values);
      }
      for (int i = 0; i < size; i++) {
        int place = Arrays.binarySearch(wanted, offsets[i]);
        visitor.row(row.cells(values[place]), offsets[i] + 1, null);
        values[place] = new byte[0];
      }
      size = 0;
      heldBytes = 0;
    }

    private void fetch(long[] wanted, byte[][] values) {
      int found = 0;
      scan.seek(0, wanted[0], wanted[wanted.length - 1] + 1);
      for (var batch = scan.next(); !batch.isEmpty(); batch = scan.next()) {
        for (ConsumerRecord<byte[], byte[]> record : batch) {
          if (found < wanted.length && record.offset() == wanted[found]) {
            values[found++] = record.value();
          }
        }
      }
      if (found < wanted.length) {
        throw new KafkaException(
            "The record at offset %d was there a moment ago.".formatted(wanted[found]));
      }
    }
  }

  @Override
  public long physicalRows() {
    if (topics.find(topic).isEmpty()) {
      return 0;
    }
    try (RangeScan scan = scan()) {
      return content(scan).records();
    }
  }

  @Override
  public Optional<OperationCounts> operations() {
    return Optional.empty();
  }

  @Override
  public void events(long fromOffset, EventVisitor visitor) {
    if (topics.find(topic).isEmpty()) {
      return;
    }
    InspectedRow row = new InspectedRow(scope.columns());
    try (RangeScan scan = scan()) {
      scan.seek(0, fromOffset, scan.end(0));
      for (var batch = scan.next(); !batch.isEmpty(); batch = scan.next()) {
        for (ConsumerRecord<byte[], byte[]> record : batch) {
          visitor.event(event(record, row));
        }
      }
    }
  }

  private static Event event(ConsumerRecord<byte[], byte[]> record, InspectedRow row) {
    String op = TopicContent.header(record, "op");
    return new Event(
        record.offset(),
        op.isEmpty() ? null : Op.valueOf(op.toUpperCase(Locale.ROOT)),
        record.key() == null ? null : key(record.key()),
        TopicContent.header(record, "load_id"),
        TopicContent.header(record, "scope"),
        isRow(record) ? row.cells(record.value()) : null);
  }

  private static Long key(byte[] key) {
    return Long.valueOf(new String(key, java.nio.charset.StandardCharsets.UTF_8));
  }

  @Override
  public long endOffset() {
    if (topics.find(topic).isEmpty()) {
      return 0;
    }
    try (RangeScan scan = scan()) {
      return scan.end(0);
    }
  }
}

package io.plumbline.connector.kafka;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.plumbline.connector.json.LongTable;
import io.plumbline.matrix.connector.TargetLayout;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What a topic of events amounts to: which of its records are the rows of the target. The latest
 * generation wins inside its scope, a delete removes, and in a layout that only adds, every row
 * counts. Keeps 32 bytes per record and no value.
 */
final class TopicContent {
  private static final JsonFactory JSON = new JsonFactory();
  private static final int NONE = -1;

  /** Receives the rows of the target. */
  @FunctionalInterface
  interface Visitor {
    void row(long key, long offset, int bytes);
  }

  private final boolean adds;

  /** By key the last entry that counts; entries of the same key are chained. */
  private final LongTable newest = new LongTable();

  private final Map<String, Integer> loads = new HashMap<>();
  private long[] offsets = new long[1024];
  private int[] bytes = new int[1024];
  private int[] days = new int[1024];
  private int[] loadNumbers = new int[1024];
  private int[] older = new int[1024];
  private int entries;
  private long records;

  TopicContent(TargetLayout layout) {
    this.adds = layout == TargetLayout.APPEND;
  }

  void add(ConsumerRecord<byte[], byte[]> record) {
    records++;
    int load = loads.computeIfAbsent(header(record, "load_id"), id -> loads.size());
    if (record.key() == null) {
      open(header(record, "scope"), load);
      return;
    }
    long key = Long.parseLong(new String(record.key(), StandardCharsets.UTF_8));
    if (record.value() == null || header(record, "op").equals("delete")) {
      newest.put(key, NONE);
      return;
    }
    int entry = entry();
    offsets[entry] = record.offset();
    bytes[entry] = record.value().length;
    days[entry] = (int) date(record).toEpochDay();
    loadNumbers[entry] = load;
    older[entry] = adds ? (int) newest.get(key, NONE) : NONE;
    newest.put(key, entry);
  }

  private int entry() {
    if (entries == offsets.length) {
      int capacity = 2 * entries;
      offsets = Arrays.copyOf(offsets, capacity);
      bytes = Arrays.copyOf(bytes, capacity);
      days = Arrays.copyOf(days, capacity);
      loadNumbers = Arrays.copyOf(loadNumbers, capacity);
      older = Arrays.copyOf(older, capacity);
    }
    return entries++;
  }

  private void open(String scope, int load) {
    if (scope.equals("*")) {
      newest.clear();
      entries = 0;
    } else if (scope.isEmpty()) {
      drop(entry -> loadNumbers[entry] == load);
    } else {
      Set<Integer> replaced = new HashSet<>();
      for (String date : scope.split(",", -1)) {
        replaced.add((int) LocalDate.parse(date).toEpochDay());
      }
      drop(entry -> replaced.contains(days[entry]));
    }
  }

  private void drop(IntPredicate condition) {
    newest.forEach((key, entry) -> newest.put(key, without((int) entry, condition)));
  }

  private int without(int entry, IntPredicate condition) {
    if (entry == NONE) {
      return NONE;
    }
    int rest = without(older[entry], condition);
    older[entry] = rest;
    return condition.test(entry) ? rest : entry;
  }

  /** Visits all rows by key, and those of one key in the order in which they came. */
  void rows(Visitor visitor) {
    for (long key : newest.sortedKeys()) {
      visit(key, (int) newest.get(key, NONE), visitor);
    }
  }

  private void visit(long key, int entry, Visitor visitor) {
    if (entry != NONE) {
      visit(key, older[entry], visitor);
      visitor.row(key, offsets[entry], bytes[entry]);
    }
  }

  /** Records that were ever added. */
  long records() {
    return records;
  }

  static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    var header = record.headers().lastHeader(name);
    return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
  }

  private static LocalDate date(ConsumerRecord<byte[], byte[]> record) {
    try (JsonParser parser = JSON.createParser(record.value())) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean found = parser.currentName().equals("business_date");
        parser.nextToken();
        if (found) {
          return LocalDate.parse(parser.getText());
        }
        parser.skipChildren();
      }
    } catch (IOException e) {
      throw new KafkaException("The topic holds a value that is no JSON.", e);
    }
    throw new KafkaException(
        "The record at offset %d of %s has no business_date."
            .formatted(record.offset(), record.topic()));
  }
}

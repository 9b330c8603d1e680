package io.plumbline.connector.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.connector.tck.Cases;
import io.plumbline.connector.tck.ReadRow;
import io.plumbline.matrix.connector.Inspector.Event;
import io.plumbline.matrix.connector.Load;
import io.plumbline.matrix.connector.LoadTotals;
import io.plumbline.matrix.connector.Op;
import io.plumbline.matrix.connector.RowBatch;
import io.plumbline.matrix.connector.RunningSystem;
import io.plumbline.matrix.connector.Sink;
import io.plumbline.matrix.connector.TargetLayout;
import io.plumbline.matrix.connector.WriteAction;
import io.plumbline.matrix.dataset.Column;
import io.plumbline.matrix.dataset.Dataset;
import io.plumbline.matrix.dataset.RowClass;
import io.plumbline.matrix.memory.MemorySystem;
import io.plumbline.matrix.registry.Strategy;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a topic does, in the model of mock_contract and on the broker: the same. */
@ExtendWith(Kafka.class)
final class TopicTest {
  private static final int ROWS = 40;

  private enum On {
    MODEL,
    BROKER
  }

  private final Dataset dataset = new Dataset(Cases.volume(ROWS));
  private final KafkaSystem broker;

  TopicTest(KafkaSystem broker) {
    this.broker = broker;
  }

  private RunningSystem system(On on) {
    return on == On.MODEL ? new MemorySystem(new KafkaConnector()) : broker;
  }

  private Sink sink(On on, TargetLayout layout) {
    return system(on)
        .openSink(Cases.own(new KafkaConnector(), Strategy.INCREMENTAL_APPEND, layout, dataset));
  }

  private static LoadTotals load(
      Sink sink, String id, WriteAction action, List<ReadRow> rows, LocalDate... window) {
    try (Load load = sink.writer().begin(Cases.plan(id, action, window))) {
      RowBatch batch = new RowBatch(Math.max(1, rows.size()));
      rows.forEach(row -> batch.add(row.op(), row.cells()));
      load.write(batch);
      load.publish();
      return load.held();
    }
  }

  private List<ReadRow> base(Op op, long... keys) {
    return LongStream.of(keys).mapToObj(key -> new ReadRow(op, dataset.row(key, 1))).toList();
  }

  private static ReadRow delete(long key) {
    Object[] row = new Object[Column.FIRST_WIDE];
    row[Column.ID] = key;
    return new ReadRow(Op.DELETE, row);
  }

  private static List<String> rows(Sink sink) {
    List<String> rows = new ArrayList<>();
    sink.inspector()
        .rows((cells, token, validity) -> rows.add(cells[Column.ID] + "v" + cells[Column.VERSION]));
    return rows;
  }

  private static List<String> events(Sink sink) {
    List<String> events = new ArrayList<>();
    sink.inspector()
        .events(
            0,
            e ->
                events.add(
                    "%s %s %s %s".formatted(e.op(), e.key(), e.loadId(), e.scope()).strip()));
    return events;
  }

  @ParameterizedTest
  @EnumSource(On.class)
  void aLoadThatReplacesEverythingOpensAGeneration(On on) {
    try (Sink sink = sink(on, TargetLayout.KEYED)) {
      load(sink, "a", WriteAction.REPLACE_ALL, base(Op.SNAPSHOT, 1, 2, 3));
      LoadTotals held = load(sink, "b", WriteAction.REPLACE_ALL, base(Op.SNAPSHOT, 2, 4));
      assertThat(rows(sink)).containsExactly("2v1", "4v1");
      assertThat(events(sink))
          .containsExactly(
              "SNAPSHOT null a *",
              "SNAPSHOT 1 a *",
              "SNAPSHOT 2 a *",
              "SNAPSHOT 3 a *",
              "SNAPSHOT null b *",
              "SNAPSHOT 2 b *",
              "SNAPSHOT 4 b *");
      assertThat(sink.inspector().physicalRows()).isEqualTo(7);
      assertThat(held.matches(new LoadTotals(2, 6, amount(2).add(amount(4)), 0))).isTrue();
    }
  }

  private BigDecimal amount(long key) {
    return (BigDecimal) dataset.row(key, 1)[Column.AMOUNT];
  }

  @ParameterizedTest
  @EnumSource(On.class)
  void replacingByNothingLeavesNothing(On on) {
    try (Sink sink = sink(on, TargetLayout.KEYED)) {
      load(sink, "a", WriteAction.REPLACE_ALL, base(Op.SNAPSHOT, 1, 2));
      load(sink, "b", WriteAction.REPLACE_ALL, List.of());
      assertThat(rows(sink)).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(On.class)
  void aWindowReplacesItsDatesOnly(On on) {
    List<Long> inside =
        LongStream.rangeClosed(1, ROWS)
            .filter(key -> dataset.dateOf(key).equals(Dataset.LAST_DATE))
            .boxed()
            .toList();
    long[] all = LongStream.rangeClosed(1, ROWS).toArray();
    assertThat(inside).hasSizeGreaterThan(1);
    try (Sink sink = sink(on, TargetLayout.KEYED)) {
      load(sink, "a", WriteAction.REPLACE_ALL, base(Op.SNAPSHOT, all));
      load(
          sink,
          "b",
          WriteAction.REPLACE_WINDOW,
          base(Op.REPLACE, inside.get(0)),
          Dataset.LAST_DATE);
      Set<Long> gone = Set.copyOf(inside.subList(1, inside.size()));
      assertThat(rows(sink))
          .isEqualTo(
              LongStream.of(all).filter(k -> !gone.contains(k)).mapToObj(k -> k + "v1").toList());
      assertThat(events(sink))
          .endsWith("REPLACE null b 2026-06-03", "REPLACE " + inside.get(0) + " b 2026-06-03");
    }
  }

  @ParameterizedTest
  @EnumSource(On.class)
  void aDeleteIsAnEventAndATombstone(On on) {
    try (Sink sink = sink(on, TargetLayout.KEYED)) {
      load(sink, "a", WriteAction.REPLACE_ALL, base(Op.SNAPSHOT, 1, 2));
      LoadTotals held =
          load(
              sink,
              "b",
              WriteAction.MERGE,
              List.of(new ReadRow(Op.UPDATE, dataset.row(1, 1)), delete(2), delete(3)));
      assertThat(rows(sink)).containsExactly("1v1");
      assertThat(events(sink))
          .endsWith("UPDATE 1 b", "DELETE 2 b", "null 2 b", "DELETE 3 b", "null 3 b");
      assertThat(held.matches(new LoadTotals(1, 1, amount(1), 0))).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource(On.class)
  void ofSeveralEventsOfAKeyTheLastCounts(On on) {
    long changed =
        LongStream.rangeClosed(4, ROWS)
            .filter(key -> dataset.classOf(key) == RowClass.UPDATED)
            .findFirst()
            .orElseThrow();
    try (Sink sink = sink(on, TargetLayout.KEYED)) {
      LoadTotals held =
          load(
              sink,
              "a",
              WriteAction.MERGE,
              List.of(
                  new ReadRow(Op.INSERT, dataset.row(changed, 1)),
                  new ReadRow(Op.INSERT, dataset.row(2, 1)),
                  delete(2),
                  delete(3),
                  new ReadRow(Op.INSERT, dataset.row(3, 1)),
                  new ReadRow(Op.UPDATE, dataset.row(changed, 2))));
      assertThat(rows(sink)).containsExactly("3v1", changed + "v2");
      BigDecimal newAmount = (BigDecimal) dataset.row(changed, 2)[Column.AMOUNT];
      LoadTotals last = new LoadTotals(2, 3 + changed, amount(3).add(newAmount), 0);
      assertThat(held.matches(last)).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource(On.class)
  void whatIsAddedTwiceByTheSameLoadCountsOnce(On on) {
    try (Sink sink = sink(on, TargetLayout.APPEND)) {
      load(sink, "a", WriteAction.REPLACE_ALL, base(Op.SNAPSHOT, 1, 2));
      load(sink, "b", WriteAction.APPEND, base(Op.INSERT, 1));
      load(sink, "b", WriteAction.APPEND, base(Op.INSERT, 1, 3));
      load(sink, "c", WriteAction.APPEND, base(Op.INSERT, 1));
      assertThat(rows(sink)).containsExactly("1v1", "1v1", "1v1", "2v1", "3v1");
      assertThat(events(sink).subList(3, 8))
          .containsExactly("INSERT 1 b", "null null b", "INSERT 1 b", "INSERT 3 b", "INSERT 1 c");
    }
  }

  @ParameterizedTest
  @EnumSource(On.class)
  void whatIsNotPublishedWasNeverThere(On on) {
    try (Sink sink = sink(on, TargetLayout.KEYED)) {
      load(sink, "a", WriteAction.REPLACE_ALL, base(Op.SNAPSHOT, 1, 2));
      try (Load load = sink.writer().begin(Cases.plan("b", WriteAction.REPLACE_ALL))) {
        RowBatch batch = new RowBatch(1);
        batch.add(Op.SNAPSHOT, dataset.row(3, 1));
        load.write(batch);
        assertThat(rows(sink)).containsExactly("1v1", "2v1");
      }
      assertThat(rows(sink)).containsExactly("1v1", "2v1");
      assertThat(events(sink)).hasSize(3);
      load(sink, "b", WriteAction.MERGE, base(Op.UPDATE, 3));
      assertThat(rows(sink)).containsExactly("1v1", "2v1", "3v1");
    }
  }

  @ParameterizedTest
  @EnumSource(On.class)
  void aRowKeepsItsTokenUntilItIsWrittenAgain(On on) {
    try (Sink sink = sink(on, TargetLayout.KEYED)) {
      load(sink, "a", WriteAction.REPLACE_ALL, base(Op.SNAPSHOT, 1, 2));
      SortedMap<Object, Long> before = tokens(sink);
      load(sink, "b", WriteAction.MERGE, base(Op.UPDATE, 2));
      SortedMap<Object, Long> after = tokens(sink);
      assertThat(after.get(1L)).isEqualTo(before.get(1L)).isNotZero();
      assertThat(after.get(2L)).isNotEqualTo(before.get(2L));
    }
  }

  private static SortedMap<Object, Long> tokens(Sink sink) {
    SortedMap<Object, Long> tokens = new TreeMap<>();
    sink.inspector().rows((cells, token, validity) -> tokens.put(cells[Column.ID], token));
    return tokens;
  }

  @ParameterizedTest
  @EnumSource(On.class)
  void eventsAreReadFromAnOffsetOn(On on) {
    try (Sink sink = sink(on, TargetLayout.KEYED)) {
      assertThat(sink.inspector().endOffset()).isZero();
      assertThat(sink.inspector().columns()).isEmpty();
      load(sink, "a", WriteAction.REPLACE_ALL, base(Op.SNAPSHOT, 1, 2));
      long end = sink.inspector().endOffset();
      load(sink, "b", WriteAction.MERGE, base(Op.UPDATE, 2));
      List<Event> events = new ArrayList<>();
      sink.inspector().events(end, events::add);
      assertThat(events).hasSize(1);
      assertThat(events.get(0).key()).isEqualTo(2);
      assertThat(events.get(0).offset()).isGreaterThanOrEqualTo(end);
      assertThat(sink.inspector().endOffset()).isGreaterThan(events.get(0).offset());
    }
  }

  @Test
  void aTopicKeepsNoHistory() {
    try (Sink sink = sink(On.BROKER, TargetLayout.KEYED)) {
      assertThatThrownBy(() -> sink.writer().begin(Cases.plan("a", WriteAction.HISTORY)))
          .isInstanceOf(KafkaException.class)
          .hasMessage("A topic keeps no validity intervals; merge the changes instead.");
    }
  }
}

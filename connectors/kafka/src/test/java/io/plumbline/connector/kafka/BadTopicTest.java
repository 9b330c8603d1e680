package io.plumbline.connector.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.connector.json.FixtureRows;
import io.plumbline.connector.tck.Cases;
import io.plumbline.connector.tck.ReadRow;
import io.plumbline.matrix.connector.CaseScope;
import io.plumbline.matrix.connector.Extraction;
import io.plumbline.matrix.connector.Position;
import io.plumbline.matrix.connector.ReadRequest;
import io.plumbline.matrix.connector.ReadRequest.Continuation;
import io.plumbline.matrix.connector.RowBatch;
import io.plumbline.matrix.connector.Source;
import io.plumbline.matrix.connector.TargetLayout;
import io.plumbline.matrix.dataset.ChangeSet;
import io.plumbline.matrix.dataset.Dataset;
import io.plumbline.matrix.lab.Deadline;
import io.plumbline.matrix.registry.Strategy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Topics that are not what a reader expects, or change while they are read. */
@ExtendWith(Kafka.class)
final class BadTopicTest {
  private static final ReadRequest SNAPSHOT = new ReadRequest.Snapshot(Continuation.ROWS_AFTER);
  private final Dataset dataset = new Dataset(Cases.volume(20));
  private final CaseScope scope =
      Cases.own(new KafkaConnector(), Strategy.INCREMENTAL_MERGE, TargetLayout.KEYED, dataset);
  private final CaseTopic topic = CaseTopic.source(scope);
  private final FixtureRows json = new FixtureRows(scope.columns());
  private final KafkaSystem system;
  private final Source source;

  BadTopicTest(KafkaSystem system) {
    this.system = system;
    this.source = system.openSource(scope);
  }

  @AfterEach
  void close() {
    source.close();
  }

  private void write(@Nullable String key, byte @Nullable [] value) {
    try (Transaction transaction =
        Transaction.begin(system.endpoint(), system.topics(), "test", "testing")) {
      byte[] bytes = key == null ? null : key.getBytes(StandardCharsets.UTF_8);
      transaction.send(new ProducerRecord<>(topic.name(), 0, bytes, value));
      transaction.commit();
    }
  }

  private List<ReadRow> read(ReadRequest request) {
    try (Extraction extraction = source.reader().open(request)) {
      return ReadRow.all(extraction);
    }
  }

  @Test
  void aTopicThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> read(SNAPSHOT))
        .isInstanceOf(KafkaException.class)
        .hasMessage("There is no topic %s at %s.", topic.name(), system.endpoint());
  }

  @Test
  void aRecordWithoutAKeyIsNamed() {
    system.topics().create(topic, 1, Map.of());
    write(null, json.json(dataset.row(1, 1)));
    assertThatThrownBy(() -> read(SNAPSHOT))
        .isInstanceOf(KafkaException.class)
        .hasMessage(
            "The record at offset 0 of %s-0 has the key none; a row needs the digits of its id.",
            topic.name());
  }

  @Test
  void aRecordWithAKeyThatIsNoNumberIsNamed() {
    system.topics().create(topic, 1, Map.of());
    write("one", json.json(dataset.row(1, 1)));
    assertThatThrownBy(() -> read(SNAPSHOT))
        .isInstanceOf(KafkaException.class)
        .hasMessageContaining("has the key one;");
  }

  @Test
  void aRecordUnderTheKeyOfAnotherRowIsNamed() {
    system.topics().create(topic, 1, Map.of());
    write("2", json.json(dataset.row(1, 1)));
    assertThatThrownBy(() -> read(SNAPSHOT))
        .isInstanceOf(KafkaException.class)
        .hasMessage(
            "The record at offset 0 of %s-0 has the key 2 and the id 1; they must be the same.",
            topic.name());
  }

  @Test
  void aValueThatIsNoJsonIsNamed() {
    system.topics().create(topic, 1, Map.of());
    write("1", "{\"id\":".getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> read(SNAPSHOT))
        .isInstanceOf(KafkaException.class)
        .hasMessageStartingWith(
            "The record at offset 0 of %s-0 cannot be read: The row is no JSON: ", topic.name());
  }

  @Test
  void aTopicRemovedUnderTheReaderEndsTheRead() {
    source.fixture().seed();
    try (Extraction extraction = source.reader().open(SNAPSHOT)) {
      system.topics().delete(topic);
      assertThatThrownBy(() -> extraction.read(new RowBatch(10)))
          .isInstanceOf(KafkaException.class)
          .hasMessageContaining(topic.name());
    }
  }

  @Test
  void aTopicMadeAnewIsNotTheOneThatWasReadBefore() {
    source.fixture().seed();
    Position position = position();
    source.fixture().seed();
    assertThatThrownBy(() -> read(new ReadRequest.RowsAfter(position)))
        .isInstanceOf(KafkaException.class)
        .hasMessageStartingWith("Topic %s is not the one that was read before", topic.name())
        .hasMessageEndingWith("load it anew with a full refresh.");
  }

  private Position position() {
    try (Extraction extraction = source.reader().open(SNAPSHOT)) {
      ReadRow.all(extraction);
      return extraction.position();
    }
  }

  @Test
  void aPositionThatIsNoLongerKeptIsAnErrorNotAJump() throws Exception {
    system.topics().create(topic, 1, Map.of());
    write("1", json.json(dataset.row(1, 1)));
    Position position = position();
    write("2", json.json(dataset.row(2, 1)));
    write("3", json.json(dataset.row(3, 1)));
    try (Admin admin = system.endpoint().admin()) {
      admin
          .deleteRecords(
              Map.of(new TopicPartition(topic.name(), 0), RecordsToDelete.beforeOffset(4)))
          .all()
          .get();
    }
    assertThatThrownBy(() -> read(new ReadRequest.RowsAfter(position)))
        .isInstanceOf(KafkaException.class)
        .hasMessage(
            "Offset 2 of %s-0 is gone, it holds 4 to 6; load it anew with a full refresh.",
            topic.name());
  }

  @Test
  void aPartitionThatCameLaterIsReadWhole() throws Exception {
    system.topics().create(topic, 1, Map.of());
    write("1", json.json(dataset.row(1, 1)));
    Position position = position();
    try (Admin admin = system.endpoint().admin()) {
      admin
          .createPartitions(
              Map.of(topic.name(), org.apache.kafka.clients.admin.NewPartitions.increaseTo(2)))
          .all()
          .get();
    }
    try (Transaction transaction =
        Transaction.begin(system.endpoint(), system.topics(), "test", "testing")) {
      transaction.send(
          new ProducerRecord<>(
              topic.name(), 1, "2".getBytes(StandardCharsets.UTF_8), json.json(dataset.row(2, 1))));
      transaction.commit();
    }
    assertThat(read(new ReadRequest.RowsAfter(position)))
        .extracting(ReadRow::key)
        .containsExactly(2L);
  }

  @Test
  void aCompactedTopicHasTheSameSnapshot() {
    system
        .topics()
        .create(
            topic,
            1,
            Map.of(
                "cleanup.policy",
                "compact",
                "segment.bytes",
                "1048576",
                "min.cleanable.dirty.ratio",
                "0.0001",
                "delete.retention.ms",
                "0"));
    long before = 0;
    for (int round = 0; round < 8; round++) {
      try (Transaction transaction =
          Transaction.begin(system.endpoint(), system.topics(), "test", "testing")) {
        for (int copy = 0; copy < 4; copy++) {
          for (long key = 1; key <= dataset.volume().rows(); key++) {
            transaction.send(record(key, json.json(dataset.row(key, 1))));
            before++;
          }
        }
        transaction.send(record(1, null));
        transaction.commit();
      }
    }
    Deadline deadline = Deadline.in(Duration.ofSeconds(60));
    while (records() >= before && !deadline.passed()) {
      Deadline.pause();
    }
    assertThat(records()).as("the cleaner has been here").isLessThan(before);
    assertThat(read(SNAPSHOT))
        .extracting(ReadRow::key)
        .hasSize((int) dataset.volume().rows() - 1)
        .doesNotContain(1L);
  }

  @Test
  void aSnapshotWhoseRecordsVanishMeanwhileIsRefused() {
    system
        .topics()
        .create(
            topic,
            1,
            Map.of(
                "cleanup.policy",
                "compact",
                "segment.bytes",
                "2097152",
                "min.cleanable.dirty.ratio",
                "0.0001"));
    // More than is kept in memory.
    long keys = 30;
    writeMebibytes(keys);
    RangeScan scan = new RangeScan(system.endpoint(), system.topics(), topic);
    TopicBounds bounds = TopicBounds.whole(system.topics().require(topic), scan);
    try (LatestRecords latest = new LatestRecords(scan, bounds)) {
      assertThat(latest.next()).isNotNull();
      writeMebibytes(keys);
      Deadline deadline = Deadline.in(Duration.ofSeconds(60));
      while (records() > keys + 2 && !deadline.passed()) {
        Deadline.pause();
      }
      assertThat(records()).as("the cleaner has been here").isLessThanOrEqualTo(keys + 2);
      assertThatThrownBy(
              () -> {
                while (latest.next() != null) {
                  // The first ones are in memory already.
                }
              })
          .isInstanceOf(KafkaException.class)
          .hasMessageEndingWith(
              " records vanished between two passes, because the topic was compacted; read it again.");
    }
  }

  private void writeMebibytes(long keys) {
    try (Transaction transaction =
        Transaction.begin(system.endpoint(), system.topics(), "test", "testing")) {
      for (long key = 1; key <= keys; key++) {
        transaction.send(record(key, new byte[1 << 20]));
      }
      transaction.commit();
    }
  }

  private ProducerRecord<byte[], byte[]> record(long key, byte @Nullable [] value) {
    return new ProducerRecord<>(
        topic.name(), 0, Long.toString(key).getBytes(StandardCharsets.UTF_8), value);
  }

  private long records() {
    long records = 0;
    try (RangeScan scan = new RangeScan(system.endpoint(), system.topics(), topic)) {
      scan.seek(0, scan.beginning(0), scan.end(0));
      for (var batch = scan.next(); !batch.isEmpty(); batch = scan.next()) {
        records += batch.size();
      }
    }
    return records;
  }

  @Test
  void aReadThatIsNotReadToItsEndLeavesNoThread() {
    source.fixture().seed();
    Extraction extraction = source.reader().open(SNAPSHOT);
    assertThat(extraction.read(new RowBatch(1))).isTrue();
    assertThat(learners()).isOne();
    extraction.close();
    // A pool has ended a moment before its thread has.
    assertThat(Deadline.in(Duration.ofSeconds(10)).await(() -> learners() == 0)).isTrue();
  }

  private long learners() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("plumbline-kafka-learner-" + topic.name()))
        .count();
  }

  @Test
  void anInterruptedReadStopsAndCanBeClosed() {
    source.fixture().seed();
    try (Extraction extraction = source.reader().open(SNAPSHOT)) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> extraction.read(new RowBatch(10)))
          .isInstanceOf(CancellationException.class)
          .hasMessageStartingWith("Interrupted while ");
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(read(SNAPSHOT)).hasSize(20);
  }

  @Test
  void whatIsCommittedIsToldToWhoeverLooks() throws Exception {
    source.fixture().seed();
    Position position = position();
    source.reader().acknowledge(position);
    source.fixture().apply(new ChangeSet(dataset, ChangeSet.Deletes.SOFT, ChangeSet.Part.ALL));
    try (Admin admin = system.endpoint().admin()) {
      var offsets =
          admin.listConsumerGroupOffsets(topic.name()).partitionsToOffsetAndMetadata().get();
      assertThat(offsets).isEqualTo(TopicBounds.offsets(topic, position)).hasSize(3);
      source.close();
      assertThat(admin.listGroups().all().get())
          .noneMatch(group -> group.groupId().equals(topic.name()));
      assertThat(admin.listTopics().names().get()).doesNotContain(topic.name());
    }
  }
}

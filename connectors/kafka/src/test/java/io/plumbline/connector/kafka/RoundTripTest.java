package io.plumbline.connector.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.connector.json.FixtureRows;
import io.plumbline.matrix.connector.CaseScope;
import io.plumbline.matrix.connector.Extraction;
import io.plumbline.matrix.connector.Inspector;
import io.plumbline.matrix.connector.Load;
import io.plumbline.matrix.connector.Op;
import io.plumbline.matrix.connector.ReadRequest;
import io.plumbline.matrix.connector.RowBatch;
import io.plumbline.matrix.connector.Sink;
import io.plumbline.matrix.connector.Source;
import io.plumbline.matrix.connector.TargetLayout;
import io.plumbline.matrix.connector.WriteAction;
import io.plumbline.matrix.dataset.Column;
import io.plumbline.matrix.dataset.Dataset;
import io.plumbline.matrix.registry.Strategy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every value of every column, on every way in and out. */
@ExtendWith(Kafka.class)
final class RoundTripTest {
  private final Dataset dataset = new Dataset(Kafka.volume(1));
  private final CaseScope scope = Kafka.scope(Strategy.FULL_REFRESH, TargetLayout.KEYED, dataset);
  private final List<Object[]> rows = AllValues.rows(dataset);
  private final KafkaSystem system;

  RoundTripTest(KafkaSystem system) {
    this.system = system;
  }

  @Test
  void theReaderGivesWhatTheFixtureWrote() {
    try (Source source = system.openSource(scope)) {
      CaseTopic topic = CaseTopic.source(scope);
      system.topics().create(topic, 2, Map.of());
      FixtureRows fixture = new FixtureRows(scope.columns());
      try (Transaction transaction =
          Transaction.begin(system.endpoint(), system.topics(), "test", "testing")) {
        for (Object[] row : rows) {
          byte[] key = row[Column.ID].toString().getBytes(StandardCharsets.UTF_8);
          transaction.send(new ProducerRecord<>(topic.name(), key, fixture.json(row)));
        }
        transaction.commit();
      }
      assertRead(source, new ReadRequest.Snapshot(ReadRequest.Continuation.NONE), Op.SNAPSHOT);
      assertRead(source, new ReadRequest.Slices(List.of(Dataset.LAST_DATE)), Op.UPDATE);
    }
  }

  private void assertRead(Source source, ReadRequest request, Op op) {
    try (Extraction extraction = source.reader().open(request)) {
      List<Kafka.Read> read = Kafka.readAll(extraction);
      read.sort(Comparator.comparing(Kafka.Read::key));
      assertThat(read).extracting(Kafka.Read::op).containsOnly(op);
      AllValues.assertRows(scope, read.stream().map(Kafka.Read::row).toList(), rows);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = WriteAction.class,
      names = {"REPLACE_ALL", "APPEND", "MERGE", "REPLACE_WINDOW"})
  void theInspectorReadsWhatWasWritten(WriteAction action) {
    try (Sink sink = system.openSink(scope)) {
      try (Load load = sink.writer().begin(Kafka.plan("one", action))) {
        RowBatch batch = new RowBatch(rows.size());
        rows.forEach(row -> batch.add(Op.INSERT, row));
        load.write(batch);
        load.publish();
      }
      List<Object[]> found = new ArrayList<>();
      sink.inspector().rows((cells, token, validity) -> found.add(cells));
      AllValues.assertRows(scope, found, rows);
      List<Object[]> events = new ArrayList<>();
      sink.inspector().events(0, event -> events.add(event.cells()));
      events.removeIf(Objects::isNull);
      AllValues.assertRows(scope, events, rows);
      assertThat(sink.inspector().columns())
          .isEqualTo(scope.columns().stream().map(c -> c.column().name()).toList());
      assertThat(sink.inspector().observability())
          .isEqualTo(new Inspector.Observability(true, false, true));
    }
  }
}

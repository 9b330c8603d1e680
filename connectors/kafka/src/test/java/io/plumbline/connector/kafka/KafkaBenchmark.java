package io.plumbline.connector.kafka;

import io.plumbline.connector.tck.Cases;
import io.plumbline.connector.tck.ReadRow;
import io.plumbline.connector.tck.SideBySide;
import io.plumbline.matrix.connector.CaseScope;
import io.plumbline.matrix.connector.Extraction;
import io.plumbline.matrix.connector.Load;
import io.plumbline.matrix.connector.Op;
import io.plumbline.matrix.connector.ReadRequest;
import io.plumbline.matrix.connector.ReadRequest.Continuation;
import io.plumbline.matrix.connector.RowBatch;
import io.plumbline.matrix.connector.Sink;
import io.plumbline.matrix.connector.Source;
import io.plumbline.matrix.connector.TargetLayout;
import io.plumbline.matrix.connector.WriteAction;
import io.plumbline.matrix.dataset.Dataset;
import io.plumbline.matrix.registry.Strategy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Extract and load of the documented volume beside a bare consumer and a bare transactional
 * producer of the same bytes, on the same broker, by turns. The bare consumer reads the topic once;
 * the reader reads it twice, because only the last value of a key is a row.
 *
 * <pre>
 * mvn -q -B -pl connectors/kafka -am test-compile dependency:build-classpath \
 *     -Dmdep.outputFile=target/classpath.txt -Dmdep.includeScope=test
 * cd connectors/kafka &amp;&amp; java -cp target/test-classes:target/classes:$(cat target/classpath.txt) \
 *     io.plumbline.connector.kafka.KafkaBenchmark
 * </pre>
 *
 * <p>An argument sets the number of rows.
 */
public final class KafkaBenchmark {
  private static final int WARM_UPS = 8;

  private final KafkaSystem system;
  private final CaseScope scope;
  private final Source source;
  private final Sink sink;
  private final List<Object[]> rows = new ArrayList<>();
  private final List<byte[]> values = new ArrayList<>();

  private KafkaBenchmark(KafkaSystem system, CaseScope scope, Source source, Sink sink) {
    this.system = system;
    this.scope = scope;
    this.source = source;
    this.sink = sink;
  }

  /** Prints medians, spread and ratios. */
  public static void main(String[] arguments) throws Exception {
    long rows = arguments.length == 0 ? 10_000 : Long.parseLong(arguments[0]);
    Path directory = Files.createTempDirectory("plumbline-benchmark-");
    CaseScope scope =
        Cases.own(
            new KafkaConnector(),
            Strategy.FULL_REFRESH,
            TargetLayout.KEYED,
            new Dataset(Cases.volume(rows)));
    try (KafkaSystem system =
            (KafkaSystem) new KafkaConnector().providers().get(0).start(directory);
        Source source = system.openSource(scope);
        Sink sink = system.openSink(scope)) {
      new KafkaBenchmark(system, scope, source, sink).run();
    }
    Files.delete(directory);
  }

  private void run() throws Exception {
    source.fixture().seed();
    try (Extraction snapshot = open()) {
      ReadRow.all(snapshot).forEach(read -> rows.add(read.cells()));
    }
    consume(values);
    SideBySide ways =
        new SideBySide(WARM_UPS)
            .way("bare consumer", () -> consume(new ArrayList<>()))
            .way("extract", this::extract)
            .way("bare producer", this::produce)
            .way("load", this::load)
            .way("extract + load", this::move)
            .run();
    double megabytes = values.stream().mapToLong(value -> value.length).sum() / 1e6;
    ways.print(System.out, rows.size(), scope.columns().size(), megabytes);
    ways.compare(System.out, "extract", "bare consumer");
    ways.compare(System.out, "load", "bare producer");
  }

  private Extraction open() {
    return source.reader().open(new ReadRequest.Snapshot(Continuation.NONE));
  }

  private void consume(List<byte[]> into) {
    try (RangeScan scan =
        new RangeScan(system.endpoint(), system.topics(), CaseTopic.source(scope))) {
      for (int partition = 0; partition < 3; partition++) {
        scan.seek(partition, 0, scan.end(partition));
        for (var batch = scan.next(); !batch.isEmpty(); batch = scan.next()) {
          for (ConsumerRecord<byte[], byte[]> record : batch) {
            into.add(record.value());
          }
        }
      }
    }
  }

  private void extract() {
    RowBatch batch = new RowBatch(1_000);
    try (Extraction extraction = open()) {
      while (extraction.read(batch)) {
        // What is done with the rows is another matter.
      }
    }
  }

  private void produce() {
    CaseTopic topic = new CaseTopic("bare");
    system.topics().create(topic, 1, Map.of());
    try (Transaction transaction =
        Transaction.begin(system.endpoint(), system.topics(), "bare", "the benchmark runs")) {
      long key = 0;
      for (byte[] value : values) {
        transaction.send(new ProducerRecord<>(topic.name(), 0, RecordKey.of(++key), value));
      }
      transaction.commit();
    }
    system.topics().delete(topic);
  }

  private void load() {
    RowBatch batch = new RowBatch(1_000);
    try (Load load = sink.writer().begin(Cases.plan("benchmark", WriteAction.REPLACE_ALL))) {
      for (Object[] row : rows) {
        batch.add(Op.SNAPSHOT, row);
        if (batch.full()) {
          load.write(batch);
          batch.clear();
        }
      }
      load.write(batch);
      load.publish();
    }
    sink.close();
  }

  private void move() {
    RowBatch batch = new RowBatch(1_000);
    try (Extraction extraction = open();
        Load load = sink.writer().begin(Cases.plan("benchmark", WriteAction.REPLACE_ALL))) {
      while (extraction.read(batch)) {
        load.write(batch);
      }
      load.publish();
    }
    sink.close();
  }
}

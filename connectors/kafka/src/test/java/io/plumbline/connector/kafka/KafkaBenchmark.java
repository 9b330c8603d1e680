package io.plumbline.connector.kafka;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plumbline.connector.tck.Cases;
import io.plumbline.connector.tck.SideBySide;
import io.plumbline.connector.tck.WholeTable;
import io.plumbline.matrix.connector.CaseScope;
import io.plumbline.matrix.connector.Sink;
import io.plumbline.matrix.connector.Source;
import io.plumbline.matrix.connector.TargetLayout;
import io.plumbline.matrix.dataset.Dataset;
import io.plumbline.matrix.registry.Strategy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Extract and load of the documented volume beside a bare consumer and a bare transactional
 * producer of the same bytes, and beside a consumer that reads each value as a tree, on the same
 * broker, by turns. The reader knows the last value of a key only at the end of a partition, so it
 * reads one of more than 24 MiB twice.
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
    rows.addAll(WholeTable.read(source));
    consume(values);
    SideBySide ways =
        new SideBySide(WARM_UPS)
            .way("bare consumer", () -> consume(new ArrayList<>()))
            .way("consumer + tree", this::trees)
            .way("extract", () -> WholeTable.read(source))
            .way("bare producer", this::produce)
            .way("load", this::load)
            .way("extract + load", this::move)
            .run();
    double megabytes = values.stream().mapToLong(value -> value.length).sum() / 1e6;
    ways.print(System.out, rows.size(), scope.columns().size(), megabytes);
    ways.compare(System.out, "extract", "bare consumer");
    ways.compare(System.out, "extract", "consumer + tree");
    ways.compare(System.out, "load", "bare producer");
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

  /** What Kafka's own deserializer of JSON makes of the bytes. */
  private List<JsonNode> trees() throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    List<byte[]> documents = new ArrayList<>();
    List<JsonNode> trees = new ArrayList<>();
    consume(documents);
    for (byte[] document : documents) {
      trees.add(mapper.readTree(document));
    }
    return trees;
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
    WholeTable.replace(sink, rows);
    sink.close();
  }

  private void move() {
    WholeTable.move(source, sink);
    sink.close();
  }
}

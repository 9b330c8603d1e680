package io.plumbline.connector.kafka;

import io.plumbline.connector.tck.Cases;
import io.plumbline.connector.tck.ReadRow;
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
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
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
  private static final int RUNS = 5;

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

  private void run() {
    source.fixture().seed();
    try (Extraction snapshot = open()) {
      ReadRow.all(snapshot).forEach(read -> rows.add(read.cells()));
    }
    consume(values);
    Map<String, Runnable> works = new LinkedHashMap<>();
    works.put("bare consumer", () -> consume(new ArrayList<>()));
    works.put("extract", this::extract);
    works.put("bare producer", this::produce);
    works.put("load", this::load);
    works.put("extract + load", this::move);
    Map<String, double[]> millis = new LinkedHashMap<>();
    for (int run = -WARM_UPS; run < RUNS; run++) {
      for (Map.Entry<String, Runnable> work : works.entrySet()) {
        long begin = System.nanoTime();
        work.getValue().run();
        if (run >= 0) {
          millis.computeIfAbsent(work.getKey(), name -> new double[RUNS])[run] =
              (System.nanoTime() - begin) / 1e6;
        }
      }
    }
    double megabytes = values.stream().mapToLong(value -> value.length).sum() / 1e6;
    millis.forEach((name, all) -> print(name, all, megabytes));
    ratio("extract", "bare consumer", millis);
    ratio("load", "bare producer", millis);
  }

  private void print(String name, double[] millis, double megabytes) {
    double[] sorted = millis.clone();
    Arrays.sort(sorted);
    double median = sorted[sorted.length / 2];
    System.out.printf(
        Locale.ROOT,
        "%-15s median %5.0f ms, %.0f to %.0f ms, %,9.0f rows/s, %6.1f MB/s%n",
        name,
        median,
        sorted[0],
        sorted[sorted.length - 1],
        rows.size() * 1e3 / median,
        megabytes * 1e3 / median);
  }

  private static void ratio(String name, String bare, Map<String, double[]> millis) {
    System.out.printf(
        Locale.ROOT,
        "speed of %s: %.2f of %s%n",
        name,
        median(millis, bare) / median(millis, name),
        bare);
  }

  private static double median(Map<String, double[]> millis, String name) {
    double[] sorted = millis.getOrDefault(name, new double[1]).clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
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

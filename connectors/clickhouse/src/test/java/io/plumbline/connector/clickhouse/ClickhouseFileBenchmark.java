package io.plumbline.connector.clickhouse;

import io.plumbline.connector.tck.Cases;
import io.plumbline.matrix.connector.CaseScope;
import io.plumbline.matrix.connector.ColumnContract;
import io.plumbline.matrix.connector.Extraction;
import io.plumbline.matrix.connector.Load;
import io.plumbline.matrix.connector.Op;
import io.plumbline.matrix.connector.ReadRequest;
import io.plumbline.matrix.connector.RowBatch;
import io.plumbline.matrix.connector.Sink;
import io.plumbline.matrix.connector.Source;
import io.plumbline.matrix.connector.TargetLayout;
import io.plumbline.matrix.connector.WriteAction;
import io.plumbline.matrix.dataset.Dataset;
import io.plumbline.matrix.registry.Strategy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Extract and load of the documented volume beside the engine's own fastest way, RowBinary into a
 * file and from a file, in the same engine, by turns. Both sides read the same table with {@code
 * FINAL}, and fill a new one that takes the old one's place.
 *
 * <pre>
 * mvn -q -B -pl connectors/clickhouse -am test-compile dependency:build-classpath \
 *     -Dmdep.outputFile=target/classpath.txt -Dmdep.includeScope=test
 * cd connectors/clickhouse &amp;&amp; java -cp target/test-classes:target/classes:$(cat target/classpath.txt) \
 *     io.plumbline.connector.clickhouse.ClickhouseFileBenchmark
 * </pre>
 *
 * <p>An argument sets the number of rows.
 */
public final class ClickhouseFileBenchmark {
  private static final int WARM_UPS = 5;
  private static final int RUNS = 5;
  private static final int BATCH_ROWS = 1_000;

  private final long rows;
  private final ClickhouseSystem system;
  private final CaseScope scope;
  private final Source source;
  private final Sink sink;
  private final Path file;

  private ClickhouseFileBenchmark(
      long rows,
      ClickhouseSystem system,
      CaseScope scope,
      Source source,
      Sink sink,
      Path directory) {
    this.rows = rows;
    this.system = system;
    this.scope = scope;
    this.source = source;
    this.sink = sink;
    this.file = directory.resolve("rows.bin");
  }

  /** Prints medians, spread and ratio. */
  public static void main(String[] arguments) throws IOException {
    long rows = arguments.length == 0 ? 10_000 : Long.parseLong(arguments[0]);
    Path directory = Files.createTempDirectory("plumbline-benchmark-");
    CaseScope scope =
        Cases.own(
            new ClickhouseConnector(),
            Strategy.FULL_REFRESH,
            TargetLayout.KEYED,
            new Dataset(Cases.volume(rows)));
    try (ClickhouseSystem system = Clickhouse.start(directory.resolve("engine"));
        Source source = system.openSource(scope);
        Sink sink = system.openSink(scope)) {
      source.fixture().seed();
      new ClickhouseFileBenchmark(rows, system, scope, source, sink, directory).run();
    } finally {
      Files.deleteIfExists(directory.resolve("rows.bin"));
      Files.delete(directory.resolve("engine"));
      Files.delete(directory);
    }
  }

  @FunctionalInterface
  private interface Work {
    void run() throws IOException;
  }

  private void run() throws IOException {
    List<Object[]> read = new ArrayList<>();
    Runs toFile = new Runs("SELECT into a file", this::toFile);
    Runs extract = new Runs("extract", () -> extract(read));
    Runs fromFile = new Runs("INSERT from a file", this::fromFile);
    Runs load = new Runs("load", () -> load(read));
    List<Runs> all = List.of(toFile, extract, fromFile, load);
    for (int i = -WARM_UPS; i < RUNS; i++) {
      for (Runs runs : all) {
        runs.run(Math.max(0, i));
      }
    }
    double megabytes = Files.size(file) / 1e6;
    System.out.printf(Locale.ROOT, "%d rows, %.1f MB in RowBinary%n", rows, megabytes);
    all.forEach(runs -> runs.print(megabytes));
    System.out.printf(
        Locale.ROOT,
        "speed of extract: %.2f of the engine's own; of load: %.2f%n",
        toFile.median() / extract.median(),
        fromFile.median() / load.median());
  }

  /** What one way took, by the clock and by both processes' processors. */
  private final class Runs {
    private final String what;
    private final Work work;
    private final double[] millis = new double[RUNS];
    private final double[] cpuMillis = new double[RUNS];

    Runs(String what, Work work) {
      this.what = what;
      this.work = work;
    }

    void run(int run) throws IOException {
      double cpu = cpuMillis();
      long begin = System.nanoTime();
      work.run();
      millis[run] = (System.nanoTime() - begin) / 1e6;
      cpuMillis[run] = cpuMillis() - cpu;
    }

    double median() {
      return sorted(millis)[RUNS / 2];
    }

    void print(double megabytes) {
      double median = median();
      System.out.printf(
          Locale.ROOT,
          "%-20s median %.0f ms, %.0f to %.0f ms (%.0f ms of processors), %,.0f rows/s, %,.0f cells/s, %.0f MB/s%n",
          what,
          median,
          sorted(millis)[0],
          sorted(millis)[RUNS - 1],
          sorted(cpuMillis)[RUNS / 2],
          rows * 1e3 / median,
          rows * scope.columns().size() * 1e3 / median,
          megabytes * 1e3 / median);
    }
  }

  private static double[] sorted(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted;
  }

  private static double cpuMillis() {
    return Stream.concat(Stream.of(ProcessHandle.current()), ProcessHandle.current().descendants())
        .mapToDouble(p -> p.info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1e6)
        .sum();
  }

  private String columns() {
    return new RowDecoder(scope).selectList();
  }

  private void toFile() throws IOException {
    Files.deleteIfExists(file);
    system
        .server()
        .execute(
            "INSERT INTO FUNCTION file('%s', 'RowBinary') SELECT %s FROM %s FINAL"
                .formatted(file, columns(), CaseNames.source(scope).table()));
  }

  private void extract(List<Object[]> read) {
    read.clear();
    RowBatch batch = new RowBatch(BATCH_ROWS);
    try (Extraction extraction =
        source.reader().open(new ReadRequest.Snapshot(ReadRequest.Continuation.NONE))) {
      while (extraction.read(batch)) {
        for (int i = 0; i < batch.size(); i++) {
          read.add(batch.row(i));
        }
      }
    }
  }

  private void fromFile() {
    CaseNames names = CaseNames.sink(scope);
    List<ColumnContract> contracts = scope.columns();
    Server server = system.server();
    server.execute("DROP TABLE IF EXISTS " + names.path("bare_next"));
    server.execute(
        ClickhouseTable.ofTarget(contracts, TargetLayout.KEYED).create(names.path("bare_next")));
    server.execute(
        "INSERT INTO %s (%s) FROM INFILE '%s' FORMAT RowBinary"
            .formatted(names.path("bare_next"), columns(), file));
    server.execute("DROP TABLE IF EXISTS " + names.path("bare"));
    server.execute("RENAME TABLE %s TO %s".formatted(names.path("bare_next"), names.path("bare")));
  }

  private void load(List<Object[]> read) {
    RowBatch batch = new RowBatch(BATCH_ROWS);
    try (Load load = sink.writer().begin(Cases.plan("1", WriteAction.REPLACE_ALL))) {
      for (Object[] row : read) {
        batch.add(Op.SNAPSHOT, row);
        if (batch.full()) {
          load.write(batch);
          batch.clear();
        }
      }
      load.write(batch);
      load.publish();
    }
  }
}

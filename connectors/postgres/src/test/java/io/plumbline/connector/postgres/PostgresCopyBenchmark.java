package io.plumbline.connector.postgres;

import io.plumbline.connector.tck.Cases;
import io.plumbline.matrix.connector.CaseScope;
import io.plumbline.matrix.connector.Extraction;
import io.plumbline.matrix.connector.Load;
import io.plumbline.matrix.connector.ReadRequest;
import io.plumbline.matrix.connector.RowBatch;
import io.plumbline.matrix.connector.Sink;
import io.plumbline.matrix.connector.Source;
import io.plumbline.matrix.connector.TargetLayout;
import io.plumbline.matrix.connector.WriteAction;
import io.plumbline.matrix.dataset.Dataset;
import io.plumbline.matrix.registry.Strategy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Locale;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyOut;

/**
 * Extract and load of the documented volume beside a bare pipe of {@code COPY … TO STDOUT (FORMAT
 * binary)} into {@code COPY … FROM STDIN (FORMAT binary)}, on the same server, by turns. Both read
 * the same table and fill a new one, which then gets its primary key and takes the old one's place.
 *
 * <pre>
 * mvn -q -B -pl connectors/postgres -am test-compile dependency:build-classpath \
 *     -Dmdep.outputFile=target/classpath.txt -Dmdep.includeScope=test
 * cd connectors/postgres &amp;&amp; java -cp target/test-classes:target/classes:$(cat target/classpath.txt) \
 *     io.plumbline.connector.postgres.PostgresCopyBenchmark
 * </pre>
 *
 * <p>An argument sets the number of rows.
 */
public final class PostgresCopyBenchmark {
  private static final int WARM_UPS = 5;
  private static final int RUNS = 5;

  private PostgresCopyBenchmark() {}

  /** Prints medians, spread and ratio. */
  public static void main(String[] arguments) throws Exception {
    long rows = arguments.length == 0 ? 10_000 : Long.parseLong(arguments[0]);
    Path directory = Files.createTempDirectory("plumbline-benchmark-");
    CaseScope scope =
        Cases.own(
            new PostgresConnector(),
            Strategy.FULL_REFRESH,
            TargetLayout.KEYED,
            new Dataset(Cases.volume(rows)));
    try (PostgresSystem system =
            (PostgresSystem) new PostgresConnector().providers().get(0).start(directory);
        Source source = system.openSource(scope);
        Sink sink = system.openSink(scope)) {
      source.fixture().seed();
      for (int i = 0; i < WARM_UPS; i++) {
        bare(system, scope);
        moved(source, sink);
      }
      double[] bare = new double[RUNS];
      double[] moved = new double[RUNS];
      for (int i = 0; i < RUNS; i++) {
        bare[i] = millis(() -> bare(system, scope));
        moved[i] = millis(() -> moved(source, sink));
      }
      print("bare COPY pipe", rows, bare);
      print("extract + load", rows, moved);
      System.out.printf(
          Locale.ROOT, "speed of extract + load: %.2f of bare%n", median(bare) / median(moved));
    }
    Files.delete(directory);
  }

  @FunctionalInterface
  private interface Work {
    void run() throws SQLException;
  }

  private static double millis(Work work) throws SQLException {
    long begin = System.nanoTime();
    work.run();
    return (System.nanoTime() - begin) / 1e6;
  }

  private static double median(double[] millis) {
    double[] sorted = millis.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private static void print(String what, long rows, double[] millis) {
    double[] sorted = millis.clone();
    Arrays.sort(sorted);
    System.out.printf(
        Locale.ROOT,
        "%s: median %.0f ms, %.0f to %.0f ms, %,.0f rows/s%n",
        what,
        median(millis),
        sorted[0],
        sorted[sorted.length - 1],
        rows * 1e3 / median(millis));
  }

  private static void moved(Source source, Sink sink) {
    RowBatch batch = new RowBatch(1_000);
    try (Extraction extraction =
            source.reader().open(new ReadRequest.Snapshot(ReadRequest.Continuation.NONE));
        Load load = sink.writer().begin(Cases.plan("benchmark", WriteAction.REPLACE_ALL))) {
      while (extraction.read(batch)) {
        load.write(batch);
      }
      load.publish();
    }
  }

  private static void bare(PostgresSystem system, CaseScope scope) throws SQLException {
    String from = CaseNames.source(scope).quotedTable();
    String schema = CaseNames.sink(scope).schema();
    try (Session out = Session.open(system.endpoint(), "benchmark");
        Session in = Session.open(system.endpoint(), "benchmark")) {
      in.begin();
      in.execute("CREATE TABLE %s.bare_next (LIKE %s)".formatted(schema, from));
      CopyOut source = out.copy().copyOut("COPY " + from + " TO STDOUT (FORMAT binary)");
      CopyIn target = in.copy().copyIn("COPY " + schema + ".bare_next FROM STDIN (FORMAT binary)");
      byte[] message = source.readFromCopy();
      while (message != null) {
        target.writeToCopy(message, 0, message.length);
        message = source.readFromCopy();
      }
      target.endCopy();
      in.execute("ALTER TABLE %s.bare_next ADD PRIMARY KEY (id)".formatted(schema));
      in.execute("DROP TABLE IF EXISTS %s.bare".formatted(schema));
      in.execute("ALTER TABLE %s.bare_next RENAME TO bare".formatted(schema));
      in.commit();
    }
  }
}

package io.plumbline.connector.postgres;

import io.plumbline.connector.tck.Cases;
import io.plumbline.connector.tck.SideBySide;
import io.plumbline.connector.tck.WholeTable;
import io.plumbline.matrix.connector.CaseScope;
import io.plumbline.matrix.connector.Sink;
import io.plumbline.matrix.connector.Source;
import io.plumbline.matrix.connector.TargetLayout;
import io.plumbline.matrix.dataset.Dataset;
import io.plumbline.matrix.registry.Strategy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicLong;
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
      AtomicLong bytes = new AtomicLong();
      SideBySide ways =
          new SideBySide(WARM_UPS)
              .way("bare COPY pipe", () -> bytes.set(bare(system, scope)))
              .way("extract + load", () -> WholeTable.move(source, sink))
              .run();
      ways.print(System.out, rows, scope.columns().size(), bytes.get() / 1e6);
      ways.compare(System.out, "extract + load", "bare COPY pipe");
    }
    Files.delete(directory);
  }

  /** Returns the bytes that went through the pipe. */
  private static long bare(PostgresSystem system, CaseScope scope) throws SQLException {
    String from = CaseNames.source(scope).quotedTable();
    String schema = CaseNames.sink(scope).schema();
    try (Session out = Session.open(system.endpoint(), "benchmark");
        Session in = Session.open(system.endpoint(), "benchmark")) {
      in.begin();
      in.execute("CREATE TABLE %s.bare_next (LIKE %s)".formatted(schema, from));
      CopyOut source = out.copy().copyOut("COPY " + from + " TO STDOUT (FORMAT binary)");
      CopyIn target = in.copy().copyIn("COPY " + schema + ".bare_next FROM STDIN (FORMAT binary)");
      long bytes = 0;
      byte[] message = source.readFromCopy();
      while (message != null) {
        bytes += message.length;
        target.writeToCopy(message, 0, message.length);
        message = source.readFromCopy();
      }
      target.endCopy();
      in.execute("ALTER TABLE %s.bare_next ADD PRIMARY KEY (id)".formatted(schema));
      in.execute("DROP TABLE IF EXISTS %s.bare".formatted(schema));
      in.execute("ALTER TABLE %s.bare_next RENAME TO bare".formatted(schema));
      in.commit();
      return bytes;
    }
  }
}

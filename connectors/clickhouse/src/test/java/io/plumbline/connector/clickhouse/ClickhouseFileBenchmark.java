package io.plumbline.connector.clickhouse;

import io.plumbline.connector.tck.Cases;
import io.plumbline.connector.tck.SideBySide;
import io.plumbline.connector.tck.WholeTable;
import io.plumbline.matrix.connector.CaseScope;
import io.plumbline.matrix.connector.ColumnContract;
import io.plumbline.matrix.connector.Sink;
import io.plumbline.matrix.connector.Source;
import io.plumbline.matrix.connector.TargetLayout;
import io.plumbline.matrix.dataset.Dataset;
import io.plumbline.matrix.registry.Strategy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

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
  public static void main(String[] arguments) throws Exception {
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

  private void run() throws Exception {
    List<Object[]> read = WholeTable.read(source);
    SideBySide ways =
        new SideBySide(WARM_UPS)
            .way("SELECT into a file", this::toFile)
            .way("extract", () -> WholeTable.read(source))
            .way("INSERT from a file", this::fromFile)
            .way("load", () -> WholeTable.replace(sink, read))
            .run();
    ways.print(System.out, rows, scope.columns().size(), Files.size(file) / 1e6);
    ways.compare(System.out, "extract", "SELECT into a file");
    ways.compare(System.out, "load", "INSERT from a file");
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
}

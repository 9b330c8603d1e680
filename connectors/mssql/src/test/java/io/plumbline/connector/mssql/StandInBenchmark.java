package io.plumbline.connector.mssql;

import io.plumbline.connector.jdbc.CaseNames;
import io.plumbline.connector.jdbc.TableDefinition;
import io.plumbline.connector.tck.Cases;
import io.plumbline.connector.tck.SideBySide;
import io.plumbline.connector.tck.WholeTable;
import io.plumbline.matrix.connector.CaseScope;
import io.plumbline.matrix.connector.RunningSystem;
import io.plumbline.matrix.connector.Sink;
import io.plumbline.matrix.connector.Source;
import io.plumbline.matrix.connector.TargetLayout;
import io.plumbline.matrix.connector.TypeMapping.Role;
import io.plumbline.matrix.dataset.Dataset;
import io.plumbline.matrix.registry.Strategy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Extract and load of the documented volume beside what a program without a connector does with H2:
 * a query whose every value is taken as an object, and batches of a prepared {@code INSERT} into a
 * new table that takes the old one's place. By turns, in the same database.
 *
 * <p>An argument sets the number of rows.
 */
public final class StandInBenchmark {
  private static final int WARM_UPS = 5;
  private static final int BATCH_ROWS = 1_000;

  private final CaseScope scope;
  private final Source source;
  private final Sink sink;
  private final Connection connection;
  private final List<Object[]> bare = new ArrayList<>();

  private StandInBenchmark(CaseScope scope, Source source, Sink sink, Connection connection) {
    this.scope = scope;
    this.source = source;
    this.sink = sink;
    this.connection = connection;
  }

  /** Prints medians, spread and ratios. */
  public static void main(String[] arguments) throws Exception {
    long rows = arguments.length == 0 ? 10_000 : Long.parseLong(arguments[0]);
    Path directory = Files.createTempDirectory("plumbline-benchmark-");
    CaseScope scope =
        Cases.own(
            new MssqlConnector(),
            Strategy.FULL_REFRESH,
            TargetLayout.KEYED,
            new Dataset(Cases.volume(rows)));
    try (RunningSystem system = new H2Provider().start(directory);
        Source source = system.openSource(scope);
        Sink sink = system.openSink(scope);
        Connection connection = H2Provider.endpoint(directory.resolve("h2")).connect()) {
      source.fixture().seed();
      new StandInBenchmark(scope, source, sink, connection).run();
    }
    Files.delete(directory);
  }

  private void run() throws Exception {
    List<Object[]> read = WholeTable.read(source);
    SideBySide ways =
        new SideBySide(WARM_UPS)
            .way("bare SELECT", this::select)
            .way("extract", () -> WholeTable.read(source))
            .way("bare INSERT", this::insert)
            .way("load", () -> WholeTable.replace(sink, read))
            .run();
    ways.print(System.out, read.size(), scope.columns().size(), megabytes());
    ways.compare(System.out, "extract", "bare SELECT");
    ways.compare(System.out, "load", "bare INSERT");
  }

  private String table(Role role, String name) {
    return MssqlTypes.DIALECT.quotePath(scope.nameAt(role) + "." + name);
  }

  private double megabytes() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result =
            statement.executeQuery(
                "SELECT DISK_SPACE_USED('%s')"
                    .formatted(table(Role.SOURCE, CaseNames.TABLE).replace("'", "''")))) {
      result.next();
      return result.getLong(1) / 1e6;
    }
  }

  private void select() throws SQLException {
    bare.clear();
    try (Statement statement = connection.createStatement();
        ResultSet result =
            statement.executeQuery("SELECT * FROM " + table(Role.SOURCE, CaseNames.TABLE))) {
      int columns = result.getMetaData().getColumnCount();
      while (result.next()) {
        Object[] row = new Object[columns];
        for (int i = 0; i < columns; i++) {
          row[i] = result.getObject(i + 1);
        }
        bare.add(row);
      }
    }
  }

  private void insert() throws SQLException {
    TableDefinition definition = TableDefinition.ofSource(MssqlTypes.DIALECT, scope.columns());
    String next = scope.nameAt(Role.SINK) + ".bare_next";
    try (Statement statement = connection.createStatement()) {
      statement.execute("DROP TABLE IF EXISTS " + table(Role.SINK, "bare_next"));
      statement.execute(definition.create(next));
    }
    String marks = String.join(", ", Collections.nCopies(bare.get(0).length, "?"));
    connection.setAutoCommit(false);
    try (PreparedStatement statement =
        connection.prepareStatement(
            "INSERT INTO %s VALUES (%s)".formatted(table(Role.SINK, "bare_next"), marks))) {
      for (int at = 0; at < bare.size(); at++) {
        Object[] row = bare.get(at);
        for (int i = 0; i < row.length; i++) {
          statement.setObject(i + 1, row[i]);
        }
        statement.addBatch();
        if (at % BATCH_ROWS == BATCH_ROWS - 1 || at == bare.size() - 1) {
          statement.executeBatch();
        }
      }
    }
    connection.commit();
    connection.setAutoCommit(true);
    try (Statement statement = connection.createStatement()) {
      statement.execute("DROP TABLE IF EXISTS " + table(Role.SINK, "bare"));
      statement.execute("ALTER TABLE %s RENAME TO bare".formatted(table(Role.SINK, "bare_next")));
    }
  }
}

package io.plumbline.connector.mssql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.connector.jdbc.JdbcException;
import io.plumbline.connector.mssql.capture.Captures;
import io.plumbline.connector.tck.Cases;
import io.plumbline.connector.tck.ReadRow;
import io.plumbline.matrix.connector.CaseScope;
import io.plumbline.matrix.connector.ColumnContract;
import io.plumbline.matrix.connector.ExternalEndpoint;
import io.plumbline.matrix.connector.Extraction;
import io.plumbline.matrix.connector.Feature;
import io.plumbline.matrix.connector.Position;
import io.plumbline.matrix.connector.ReadRequest;
import io.plumbline.matrix.connector.RunningSystem;
import io.plumbline.matrix.connector.Source;
import io.plumbline.matrix.connector.TargetLayout;
import io.plumbline.matrix.dataset.ChangeSet;
import io.plumbline.matrix.dataset.Dataset;
import io.plumbline.matrix.registry.CaseId;
import io.plumbline.matrix.registry.Strategy;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server says of its changes, and how they are asked for. */
final class ChangesTest {
  private final MssqlConnector connector = new MssqlConnector();
  private final Dataset dataset = new Dataset(Cases.volume(10));
  @TempDir private Path directory = Path.of("");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          1     | Running | capture  |
          1     | ''      | capture  |
          0     | Running | capture  | change data capture is not enabled in the database; EXEC sys.sp_cdc_enable_db enables it.
          1     | Stopped | capture  | change data capture needs the SQL Server Agent, which is 'Stopped'.
          1     | <error> | capture  |
          <error> | ''    | capture  | the server has no change data capture: <error>
          1     | Stopped | tracking |
          0     | ''      | tracking | change tracking is not enabled in the database; ALTER DATABASE CURRENT SET CHANGE_TRACKING = ON enables it.
          <error> | ''    | tracking | the server has no change tracking: <error>
          """)
  void theServerIsAskedWhetherItTellsOfChanges(
      String enabled, String agent, String changes, String missing) throws IOException {
    try (TdsLab lab = lab(new Captures(enabled, agent));
        RunningSystem system = connector.connect(endpoint(lab, changes))) {
      if (missing == null) {
        assertThat(system.missing(Feature.CHANGE_LOG)).isEmpty();
      } else {
        assertThat(system.missing(Feature.CHANGE_LOG))
            .hasValueSatisfying(
                why ->
                    assertThat(why.toLowerCase(Locale.ROOT))
                        .startsWith(missing.replace("<error>", "").toLowerCase(Locale.ROOT)));
      }
      assertThat(system.missing(Feature.MERGE)).isEmpty();
    }
  }

  private TdsLab lab(Captures captures) throws IOException {
    return TdsLab.start(directory.resolve("tds"), true, captures);
  }

  private static ExternalEndpoint endpoint(TdsLab lab, String changes) {
    return changes.equals("tracking") ? lab.tracking() : lab.endpoint();
  }

  private CaseScope scope() {
    return new CaseScope(
        new CaseId(connector.family(), connector.family(), Strategy.CDC),
        "changes",
        dataset,
        ColumnContract.of(dataset.columns(), connector.sourceTypes(), connector.sinkTypes()),
        TargetLayout.KEYED);
  }

  private static Position snapshot(Source source) {
    try (Extraction extraction =
        source.reader().open(new ReadRequest.Snapshot(ReadRequest.Continuation.CHANGES))) {
      assertThat(ReadRow.all(extraction)).isNotEmpty();
      return extraction.position();
    }
  }

  private static List<ReadRow> changes(Source source, Position from) {
    try (Extraction extraction = source.reader().open(new ReadRequest.Changes(from))) {
      return ReadRow.all(extraction);
    }
  }

  /** As after a first run that failed behind its snapshot. */
  @ParameterizedTest
  @ValueSource(strings = {"capture", "tracking"})
  void whatIsInTheSnapshotIsNoChangeAlthoughTheServerHasSeenIt(String changes) throws IOException {
    try (TdsLab lab = lab(new Captures("1", "Running"));
        RunningSystem system = connector.connect(endpoint(lab, changes));
        Source source = system.openSource(scope())) {
      source.fixture().seed();
      Position first = snapshot(source);
      source
          .fixture()
          .apply(new ChangeSet(dataset, ChangeSet.Deletes.PHYSICAL, ChangeSet.Part.ALL));
      Position second = snapshot(source);
      assertThat(changes(source, second)).isEmpty();
      assertThat(changes(source, first)).isNotEmpty();
    }
  }

  /** Between the two, so that no change is in neither or in both. */
  @ParameterizedTest
  @ValueSource(strings = {"capture", "tracking"})
  void snapshotAndPositionAreTakenWhileNobodyWrites(String changes) throws IOException {
    try (TdsLab lab = lab(new Captures("1", "Running"));
        RunningSystem system = connector.connect(endpoint(lab, changes));
        Source source = system.openSource(scope())) {
      source.fixture().seed();
      snapshot(source);
      List<String> statements = lab.front().statements();
      int locked = first(statements, "SELECT TOP \\(1\\) id FROM .* WITH \\(TABLOCK, HOLDLOCK\\)");
      int looked = first(statements, "SELECT TOP \\(1\\) id FROM \\[\\w+]\\.\\[orders]");
      int placed =
          first(
              statements,
              changes.equals("tracking")
                  ? "SELECT CHANGE_TRACKING_CURRENT_VERSION\\(\\)"
                  : "INSERT INTO .*\\[plumbline_fence] VALUES .*");
      assertThat(statements.get(looked - 1)).isEqualTo("SET TRANSACTION ISOLATION LEVEL SNAPSHOT");
      assertThat(locked).isLessThan(looked);
      assertThat(looked).isLessThan(placed);
      assertThat(statements.subList(locked, placed)).noneMatch(sql -> sql.contains("COMMIT"));
      assertThat(statements.get(placed + 1)).contains("COMMIT");
    }
  }

  private static int first(List<String> statements, String pattern) {
    return statements.indexOf(
        statements.stream().filter(sql -> sql.matches(pattern)).findFirst().orElseThrow());
  }

  @Test
  void aSnapshotThatLocksReadsNothingBeforeItHasTheWholeTable() throws IOException {
    try (TdsLab lab = TdsLab.start(directory.resolve("tds"), false, new Captures("1", "Running"));
        RunningSystem system = connector.connect(lab.endpoint());
        Source source = system.openSource(scope())) {
      source.fixture().seed();
      snapshot(source);
      assertThat(lab.front().statements())
          .filteredOn(sql -> sql.startsWith("SELECT TOP (1) id"))
          .hasSize(2)
          .allMatch(sql -> sql.endsWith("WITH (TABLOCK, HOLDLOCK)"));
    }
  }

  @ParameterizedTest
  @CsvSource({"4, true", "5, false"})
  void whoeverIsTheVictimOfADeadlockTriesAgainSomeTimes(int deadlocks, boolean succeeds)
      throws IOException {
    try (TdsLab lab = lab(new Captures("1", "Running"));
        RunningSystem system = connector.connect(lab.endpoint());
        Source source = system.openSource(scope())) {
      source.fixture().seed();
      lab.captures().deadlock(deadlocks);
      if (succeeds) {
        assertThat(changes(source, snapshot(source))).isEmpty();
      } else {
        assertThatThrownBy(() -> snapshot(source))
            .isInstanceOf(JdbcException.class)
            .hasMessageContaining("deadlocked");
      }
    }
  }

  /** The version is asked first, so that no change is behind it and in no read. */
  @Test
  void aChangeBetweenTheVersionAndTheSnapshotComesWithTheNextRead() throws IOException {
    AtomicReference<Runnable> meanwhile = new AtomicReference<>(() -> {});
    try (TdsLab lab =
            TdsLab.start(
                directory.resolve("tds"),
                true,
                new Captures("1", "Running"),
                sql -> {
                  if (sql.startsWith("SELECT TOP (1) id")) {
                    Objects.requireNonNull(meanwhile.getAndSet(() -> {})).run();
                  }
                });
        RunningSystem system = connector.connect(lab.tracking());
        Source source = system.openSource(scope())) {
      source.fixture().seed();
      Position begin = snapshot(source);
      meanwhile.set(
          () ->
              source
                  .fixture()
                  .apply(new ChangeSet(dataset, ChangeSet.Deletes.PHYSICAL, ChangeSet.Part.ALL)));
      try (Extraction extraction = source.reader().open(new ReadRequest.Changes(begin))) {
        assertThat(ReadRow.all(extraction)).isEmpty();
        begin = extraction.position();
      }
      assertThat(changes(source, begin)).isNotEmpty();
    }
  }

  @Test
  void whatCannotBeDisabledDoesNotKeepTheCasesTables() throws IOException {
    try (TdsLab lab = lab(new Captures("1", "Running"));
        RunningSystem system = connector.connect(lab.endpoint())) {
      Source source = system.openSource(scope());
      source.fixture().seed();
      snapshot(source);
      assertThat(lab.everything()).anyMatch(name -> name.endsWith("_src"));
      lab.captures().deadlock(1);
      assertThatThrownBy(source::close).hasMessageContaining("deadlocked");
      assertThat(lab.everything()).noneMatch(name -> name.endsWith("_src"));
    }
  }

  /** The server keeps changes for some days only. */
  @ParameterizedTest
  @CsvSource({
    "capture, 'The change tables do not reach back to mark '",
    "tracking, 'Change tracking does not reach back to version '"
  })
  void aPositionThatTheServerHasForgottenIsNoBegin(String changes, String says)
      throws IOException, SQLException {
    try (TdsLab lab = lab(new Captures("1", "Running"));
        RunningSystem system = connector.connect(endpoint(lab, changes));
        Source source = system.openSource(scope())) {
      source.fixture().seed();
      Position begin = snapshot(source);
      lab.captures().forget();
      try (Connection connection = lab.database().connect();
          Statement statement = connection.createStatement()) {
        for (String table : lab.everything()) {
          if (table.endsWith("_CT")) {
            statement.execute("DELETE FROM cdc.[%s]".formatted(table));
          }
        }
      }
      assertThatThrownBy(() -> changes(source, begin))
          .isInstanceOf(JdbcException.class)
          .hasMessageStartingWith(says)
          .hasMessageEndingWith("the source has to be read as a whole again.");
    }
  }
}

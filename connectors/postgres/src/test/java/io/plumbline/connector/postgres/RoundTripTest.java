package io.plumbline.connector.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.matrix.connector.CaseScope;
import io.plumbline.matrix.connector.ColumnContract;
import io.plumbline.matrix.connector.Extraction;
import io.plumbline.matrix.connector.Load;
import io.plumbline.matrix.connector.Op;
import io.plumbline.matrix.connector.Position;
import io.plumbline.matrix.connector.ReadRequest;
import io.plumbline.matrix.connector.RowBatch;
import io.plumbline.matrix.connector.Sink;
import io.plumbline.matrix.connector.Source;
import io.plumbline.matrix.connector.TargetLayout;
import io.plumbline.matrix.connector.WriteAction;
import io.plumbline.matrix.dataset.Dataset;
import io.plumbline.matrix.registry.Strategy;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every value of every column, on every way in and out. */
@ExtendWith(Postgres.class)
final class RoundTripTest {
  private final Dataset dataset = new Dataset(Postgres.volume(1));
  private final CaseScope scope = Postgres.scope(Strategy.CDC, TargetLayout.KEYED, dataset);
  private final List<Object[]> rows = AllValues.rows(dataset);
  private final List<Object[]> carried =
      rows.stream().map(r -> AllValues.carried(scope, r)).toList();
  private final PostgresSystem system;

  RoundTripTest(PostgresSystem system) {
    this.system = system;
  }

  @Test
  void binaryCopyGivesCarriedValues() throws SQLException {
    try (Source source = system.openSource(scope)) {
      createTable();
      insert();
      assertRead(source, new ReadRequest.Snapshot(ReadRequest.Continuation.NONE), Op.SNAPSHOT);
    }
  }

  @Test
  void theCursorGivesCarriedValues() throws SQLException {
    try (Source source = system.openSource(scope)) {
      createTable();
      insert();
      assertRead(source, new ReadRequest.Slices(List.of(Dataset.LAST_DATE)), Op.UPDATE);
    }
  }

  @Test
  void theChangeLogGivesCarriedValues() throws SQLException {
    try (Source source = system.openSource(scope)) {
      createTable();
      Position begin = snapshotOfNothing(source);
      insert();
      assertRead(source, new ReadRequest.Changes(begin), Op.INSERT);
    }
  }

  @Test
  void anUpdateThatLeavesLongValuesAloneCarriesThemAll() throws SQLException {
    try (Source source = system.openSource(scope)) {
      createTable();
      insert();
      Position begin = snapshotOfNothing(source);
      try (Session session = Session.open(system.endpoint(), "test")) {
        session.execute(
            "UPDATE %s SET is_deleted = is_deleted".formatted(CaseNames.source(scope).table()));
      }
      assertThat(
              Postgres.count(
                  system,
                  "SELECT pg_relation_size(reltoastrelid) FROM pg_class WHERE oid = '%s'::regclass"
                      .formatted(CaseNames.source(scope).table())))
          .as("some values are long enough to lie apart")
          .isPositive();
      assertRead(source, new ReadRequest.Changes(begin), Op.UPDATE);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = WriteAction.class,
      names = {"REPLACE_ALL", "MERGE", "REPLACE_WINDOW"})
  void theInspectorReadsWhatWasWritten(WriteAction action) {
    CaseScope exact = Postgres.scopeOfExactSource(Strategy.FULL_REFRESH, dataset);
    try (Sink sink = system.openSink(exact)) {
      try (Load load = sink.writer().begin(Postgres.plan("one", action, Dataset.LAST_DATE))) {
        RowBatch batch = new RowBatch(rows.size());
        rows.forEach(row -> batch.add(Op.SNAPSHOT, row));
        load.write(batch);
        load.publish();
      }
      List<Object[]> found = new ArrayList<>();
      sink.inspector().rows((cells, token, validity) -> found.add(cells));
      AllValues.assertRows(
          exact, found, rows.stream().map(r -> AllValues.stored(exact, r)).toList());
    }
  }

  /** Why the fixture rounds by itself: the declaration says half up. */
  @Test
  void theServerItselfRoundsHalvesOfTextToEven() {
    assertThat(Postgres.text(system, "SELECT timestamp(6) '2026-06-01 12:34:56.0000005'"))
        .isEqualTo("2026-06-01 12:34:56");
    assertThat(Postgres.text(system, "SELECT timestamp(6) '2026-06-01 12:34:56.0000015'"))
        .isEqualTo("2026-06-01 12:34:56.000002");
  }

  private Position snapshotOfNothing(Source source) {
    try (Extraction snapshot =
        source.reader().open(new ReadRequest.Snapshot(ReadRequest.Continuation.CHANGES))) {
      Postgres.readAll(snapshot);
      return snapshot.position();
    }
  }

  private void assertRead(Source source, ReadRequest request, Op op) {
    try (Extraction extraction = source.reader().open(request)) {
      List<Postgres.Read> read = Postgres.readAll(extraction);
      read.sort(Comparator.comparing(Postgres.Read::key));
      assertThat(read).extracting(Postgres.Read::op).containsOnly(op);
      AllValues.assertRows(scope, read.stream().map(Postgres.Read::row).toList(), carried);
    }
  }

  private void createTable() {
    try (Session session = Session.open(system.endpoint(), "test")) {
      session.execute(
          new PostgresConnector()
              .sourceDefinition(CaseNames.source(scope).table(), scope.columns()));
    }
  }

  private void insert() throws SQLException {
    String marks = String.join(", ", Collections.nCopies(scope.columns().size(), "?"));
    try (Session session = Session.open(system.endpoint(), "test");
        PreparedStatement statement =
            session
                .connection()
                .prepareStatement(
                    "INSERT INTO %s VALUES (%s)"
                        .formatted(CaseNames.source(scope).table(), marks))) {
      for (Object[] row : rows) {
        for (ColumnContract contract : scope.columns()) {
          int index = contract.column().index();
          statement.setString(index + 1, FixtureText.of(contract.source(), row[index]));
        }
        statement.execute();
      }
    }
  }
}

package io.plumbline.connector.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.connector.tck.AllValues;
import io.plumbline.connector.tck.Cases;
import io.plumbline.connector.tck.ReadRow;
import io.plumbline.matrix.connector.CaseScope;
import io.plumbline.matrix.connector.Extraction;
import io.plumbline.matrix.connector.Op;
import io.plumbline.matrix.connector.Position;
import io.plumbline.matrix.connector.ReadRequest;
import io.plumbline.matrix.connector.ReadRequest.Continuation;
import io.plumbline.matrix.connector.Source;
import io.plumbline.matrix.connector.TargetLayout;
import io.plumbline.matrix.dataset.Dataset;
import io.plumbline.matrix.registry.Strategy;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the server itself does to values. */
@ExtendWith(Postgres.class)
final class ValuesTest {
  /** So many that every value of every type is among the cells. */
  private static final int ROWS = 5_000;

  private final PostgresSystem system;

  ValuesTest(PostgresSystem system) {
    this.system = system;
  }

  @Test
  void anUpdateThatLeavesLongValuesAloneCarriesThemAll() {
    CaseScope scope =
        Cases.own(
            new PostgresConnector(),
            Strategy.CDC,
            TargetLayout.KEYED,
            new Dataset(Cases.volume(ROWS)));
    String table = CaseNames.source(scope).table();
    AllValues values = new AllValues(scope);
    try (Source source = system.openSource(scope)) {
      source.fixture().seed();
      Position begin;
      try (Extraction snapshot =
          source.reader().open(new ReadRequest.Snapshot(Continuation.CHANGES))) {
        ReadRow.all(snapshot);
        begin = snapshot.position();
      }
      try (Session session = Session.open(system.endpoint(), "test")) {
        session.execute("UPDATE %s SET is_deleted = is_deleted".formatted(table));
      }
      assertThat(
              Postgres.count(
                  system,
                  "SELECT pg_relation_size(reltoastrelid) FROM pg_class WHERE oid = '%s'::regclass"
                      .formatted(table)))
          .as("some values are long enough to lie apart")
          .isPositive();
      try (Extraction changes = source.reader().open(new ReadRequest.Changes(begin))) {
        List<ReadRow> rows = ReadRow.all(changes);
        assertThat(rows).hasSize(ROWS).extracting(ReadRow::op).containsOnly(Op.UPDATE);
        rows.forEach(row -> values.carried(row.cells(), 1));
      }
    }
    values.assertAll();
  }

  /** Why the fixture rounds by itself: the declaration says half up. */
  @Test
  void theServerItselfRoundsHalvesOfTextToEven() {
    assertThat(Postgres.text(system, "SELECT timestamp(6) '2026-06-01 12:34:56.0000005'"))
        .isEqualTo("2026-06-01 12:34:56");
    assertThat(Postgres.text(system, "SELECT timestamp(6) '2026-06-01 12:34:56.0000015'"))
        .isEqualTo("2026-06-01 12:34:56.000002");
  }
}

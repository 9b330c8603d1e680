package io.plumbline.connector.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.connector.tck.SourceContract;
import io.plumbline.matrix.connector.Position;
import io.plumbline.matrix.connector.ReadRequest;
import io.plumbline.matrix.connector.ReadRequest.Continuation;
import io.plumbline.matrix.connector.Source;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Clickhouse.class)
final class ClickhouseSourceTest extends SourceContract {
  private final ClickhouseSystem system;

  ClickhouseSourceTest(ClickhouseSystem system) {
    super(new ClickhouseConnector(), system);
    this.system = system;
  }

  @Test
  void aCursorOnAnEmptySourceBeginsBeforeAllRows() {
    try (Source source = source()) {
      CaseNames names = CaseNames.source(scope());
      system.server().execute(ClickhouseTable.ofSource(scope().columns()).create(names.table()));
      Result nothing = read(source, new ReadRequest.Snapshot(Continuation.ROWS_AFTER));
      assertThat(nothing.rows()).isEmpty();
      FixtureRows rows = new FixtureRows(system.server(), names, scope().columns());
      rows.add(dataset().row(1, 1), 1, false);
      rows.flush();
      assertThat(read(source, new ReadRequest.RowsAfter(nothing.position())).keys())
          .containsExactly(1L);
    }
  }

  @Test
  void whatTheSourceDoesNotOfferIsRefused() {
    try (Source source = source()) {
      assertThatThrownBy(() -> source.reader().open(new ReadRequest.XminWindow(Position.none())))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("offers no XminWindow");
    }
  }
}

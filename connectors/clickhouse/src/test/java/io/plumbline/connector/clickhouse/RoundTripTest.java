package io.plumbline.connector.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.matrix.connector.CaseScope;
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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every value of every column, on every way in and out. */
@ExtendWith(Clickhouse.class)
final class RoundTripTest {
  private final Dataset dataset = new Dataset(Clickhouse.volume(1));
  private final CaseScope scope =
      Clickhouse.scope(Strategy.FULL_REFRESH, TargetLayout.KEYED, dataset);
  private final List<Object[]> rows = AllValues.rows(dataset);
  private final List<Object[]> carried =
      rows.stream().map(r -> AllValues.carried(scope, r)).toList();
  private final ClickhouseSystem system;

  RoundTripTest(ClickhouseSystem system) {
    this.system = system;
  }

  @Test
  void theReaderGivesWhatTheFixtureInserted() {
    try (Source source = system.openSource(scope)) {
      CaseNames names = CaseNames.source(scope);
      system.server().execute(ClickhouseTable.ofSource(scope.columns()).create(names.table()));
      FixtureRows inserted = new FixtureRows(system.server(), names, scope.columns());
      rows.forEach(row -> inserted.add(row, 1, false));
      inserted.flush();
      assertRead(source, new ReadRequest.Snapshot(ReadRequest.Continuation.NONE), Op.SNAPSHOT);
      assertRead(source, new ReadRequest.Slices(List.of(Dataset.LAST_DATE)), Op.UPDATE);
    }
  }

  private void assertRead(Source source, ReadRequest request, Op op) {
    try (Extraction extraction = source.reader().open(request)) {
      List<Clickhouse.Read> read = Clickhouse.readAll(extraction);
      read.sort(Comparator.comparing(Clickhouse.Read::key));
      assertThat(read).extracting(Clickhouse.Read::op).containsOnly(op);
      AllValues.assertRows(scope, read.stream().map(Clickhouse.Read::row).toList(), carried);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = WriteAction.class,
      names = {"REPLACE_ALL", "MERGE", "REPLACE_WINDOW"})
  void theInspectorReadsWhatWasWritten(WriteAction action) {
    CaseScope exact = Clickhouse.scopeOfExactSource(Strategy.FULL_REFRESH, dataset);
    try (Sink sink = system.openSink(exact)) {
      try (Load load = sink.writer().begin(Clickhouse.plan("one", action, Dataset.LAST_DATE))) {
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
}

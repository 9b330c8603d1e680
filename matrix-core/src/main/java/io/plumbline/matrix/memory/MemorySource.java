package io.plumbline.matrix.memory;

import io.plumbline.matrix.connector.CaseScope;
import io.plumbline.matrix.connector.Connector;
import io.plumbline.matrix.connector.Fixture;
import io.plumbline.matrix.connector.Source;
import io.plumbline.matrix.connector.SourceReader;
import io.plumbline.matrix.dataset.ChangeSet;
import io.plumbline.matrix.dataset.Dataset;
import java.util.ArrayList;
import java.util.List;

/** The in-memory source of one case. */
final class MemorySource implements Source {
  private final Dataset dataset;
  private final RowConverter converter;
  private final SourceTable table;
  private final Connector connector;

  MemorySource(Connector connector, CaseScope scope, RowConverter converter) {
    this.connector = connector;
    this.dataset = scope.dataset();
    this.converter = converter;
    this.table = new SourceTable(Math.toIntExact(dataset.maxKey()));
  }

  @Override
  public Fixture fixture() {
    return new MemoryFixture();
  }

  @Override
  public SourceReader reader() {
    return new MemoryReader(connector, table);
  }

  @Override
  public void close() {}

  private final class MemoryFixture implements Fixture {

    @Override
    public void seed() {
      List<SourceTable.LogEntry> base = new ArrayList<>();
      for (long key = 1; key <= dataset.volume().rows(); key++) {
        base.add(
            new SourceTable.LogEntry(
                ChangeSet.Kind.INSERT, key, converter.image(dataset.row(key, 1))));
      }
      table.commit(table.beginTransaction(), base);
    }

    @Override
    public PendingChanges begin(ChangeSet changes) {
      long xid = table.beginTransaction();
      List<SourceTable.LogEntry> entries = new ArrayList<>();
      changes.forEach(
          (kind, key, row) ->
              entries.add(new SourceTable.LogEntry(kind, key, converter.image(row))));
      return PendingChanges.of(() -> table.commit(xid, entries), () -> table.rollback(xid));
    }
  }
}

package io.plumbline.connector.clickhouse;

import io.plumbline.connector.jdbc.SourceTemplates;
import io.plumbline.matrix.connector.CaseScope;
import io.plumbline.matrix.dataset.Dataset;

/** Fills templates by plain INSERTs of text. */
record ClickhouseTemplates(Server server) implements SourceTemplates.Maker {
  @Override
  public void make(String schema, CaseScope scope) {
    CaseNames names = new CaseNames(schema);
    new CaseDatabase(server, names).create();
    server.execute(ClickhouseTable.ofSource(scope.columns()).create(names.table()));
    fill(names, scope);
  }

  @Override
  public void drop(String schema) {
    new CaseDatabase(server, new CaseNames(schema)).drop();
  }

  private void fill(CaseNames names, CaseScope scope) {
    Dataset dataset = scope.dataset();
    FixtureRows rows = new FixtureRows(server, names, scope.columns());
    for (long key = 1; key <= dataset.volume().rows(); key++) {
      rows.add(dataset.row(key, 1), 1, false);
    }
    rows.flush();
  }
}

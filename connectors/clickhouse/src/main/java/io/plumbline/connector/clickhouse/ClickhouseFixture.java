package io.plumbline.connector.clickhouse;

import io.plumbline.connector.jdbc.SourceTemplates;
import io.plumbline.matrix.connector.CaseScope;
import io.plumbline.matrix.connector.Fixture;
import io.plumbline.matrix.dataset.ChangeSet;

/** The harness's side of a source: plain INSERTs of text; a change is a later version of a row. */
final class ClickhouseFixture implements Fixture {
  private static final int CHANGED = 2;

  private final Server server;
  private final CaseScope scope;
  private final SourceTemplates templates;
  private final CaseNames names;

  ClickhouseFixture(Server server, CaseScope scope, CaseNames names, SourceTemplates templates) {
    this.server = server;
    this.scope = scope;
    this.templates = templates;
    this.names = names;
  }

  @Override
  public void seed() {
    String template = ClickhouseTypes.DIALECT.quotePath(new CaseNames(templates.of(scope)).table());
    String table = ClickhouseTypes.DIALECT.quotePath(names.table());
    server.execute("DROP TABLE IF EXISTS " + table);
    server.execute("CREATE TABLE %s CLONE AS %s".formatted(table, template));
  }

  /** There are no transactions, so changes are held back. */
  @Override
  public PendingChanges begin(ChangeSet changes) {
    return new PendingChanges() {
      @Override
      public void commit() {
        FixtureRows rows = new FixtureRows(server, names, scope.columns());
        changes.forEach((kind, key, row) -> rows.add(row, CHANGED, kind == ChangeSet.Kind.DELETE));
        rows.flush();
      }

      @Override
      public void close() {}
    };
  }
}

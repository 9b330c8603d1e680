package io.plumbline.connector.clickhouse;

import io.plumbline.connector.jdbc.SourceTemplates;
import io.plumbline.matrix.connector.CaseScope;
import io.plumbline.matrix.connector.Source;

/** The source of one case: a database with one table. */
final class ClickhouseSource {
  private ClickhouseSource() {}

  static Source open(Server server, CaseScope scope, SourceTemplates templates) {
    CaseNames names = CaseNames.source(scope);
    CaseDatabase database = new CaseDatabase(server, names);
    database.create();
    return Source.of(
        new ClickhouseFixture(server, scope, names, templates),
        new ClickhouseReader(server, scope, database, names),
        database::drop);
  }
}

package io.plumbline.connector.clickhouse;

import io.plumbline.connector.jdbc.SourceTemplates;
import io.plumbline.matrix.connector.CaseScope;
import io.plumbline.matrix.connector.Fixture;
import io.plumbline.matrix.connector.Source;
import io.plumbline.matrix.connector.SourceReader;

/** The source of one case: a database with one table. */
final class ClickhouseSource implements Source {
  private final CaseDatabase database;
  private final Fixture fixture;
  private final SourceReader reader;

  ClickhouseSource(Server server, CaseScope scope, SourceTemplates templates) {
    CaseNames names = CaseNames.source(scope);
    this.database = new CaseDatabase(server, names);
    this.fixture = new ClickhouseFixture(server, scope, names, templates);
    this.reader = new ClickhouseReader(server, scope, database, names);
    database.create();
  }

  @Override
  public Fixture fixture() {
    return fixture;
  }

  @Override
  public SourceReader reader() {
    return reader;
  }

  @Override
  public void close() {
    database.drop();
  }
}

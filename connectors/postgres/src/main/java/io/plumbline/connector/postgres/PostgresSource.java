package io.plumbline.connector.postgres;

import io.plumbline.connector.jdbc.InterruptWatch;
import io.plumbline.connector.jdbc.SourceTemplates;
import io.plumbline.matrix.connector.CaseScope;
import io.plumbline.matrix.connector.Fixture;
import io.plumbline.matrix.connector.Source;
import io.plumbline.matrix.connector.SourceReader;

/** The source of one case: a schema, and for change capture a slot and a publication. */
final class PostgresSource implements Source {
  private final CaseSchema schema;
  private final ChangeLog changeLog;
  private final Fixture fixture;
  private final SourceReader reader;

  PostgresSource(
      Endpoint endpoint, CaseScope scope, SourceTemplates templates, InterruptWatch watch) {
    CaseNames names = CaseNames.source(scope);
    this.schema = new CaseSchema(endpoint, names);
    MoverSessions movers = new MoverSessions(endpoint, names.mover(), watch);
    this.changeLog = new ChangeLog(movers, scope, names);
    this.fixture = new PostgresFixture(endpoint, scope, names, templates);
    this.reader = new PostgresReader(movers, scope, names, changeLog);
    changeLog.drop();
    schema.create();
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
    // Readers first: an open one would hold locks on what is dropped.
    schema.endMovers();
    changeLog.drop();
    schema.drop();
  }
}

package io.plumbline.connector.postgres;

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

  PostgresSource(Endpoint endpoint, CaseScope scope, SourceTemplates templates) {
    CaseNames names = CaseNames.source(scope);
    this.schema = new CaseSchema(endpoint, names);
    this.changeLog = new ChangeLog(endpoint, scope, names);
    this.fixture = new PostgresFixture(endpoint, scope, names, templates);
    this.reader = new PostgresReader(endpoint, scope, names, changeLog);
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

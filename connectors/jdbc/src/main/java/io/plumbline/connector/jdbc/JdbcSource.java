package io.plumbline.connector.jdbc;

import io.plumbline.matrix.connector.CaseScope;
import io.plumbline.matrix.connector.Fixture;
import io.plumbline.matrix.connector.Source;
import io.plumbline.matrix.connector.SourceReader;

/** The source of one case: a schema with one table. */
final class JdbcSource implements Source {
  private final CaseSchema schema;
  private final MoverSessions movers;
  private final Fixture fixture;
  private final SourceReader reader;

  JdbcSource(
      JdbcDialect dialect,
      Endpoint endpoint,
      CaseScope scope,
      SourceTemplates templates,
      InterruptWatch watch,
      ChangeLog.Factory changeLogs) {
    CaseNames names = CaseNames.source(dialect.sql(), scope);
    this.schema = new CaseSchema(dialect, endpoint, names.schema());
    this.movers = new MoverSessions(dialect, endpoint, "mover " + names.schema(), watch);
    this.fixture = new JdbcFixture(dialect, endpoint, scope, names, templates);
    this.reader =
        new JdbcReader(dialect, scope, names, movers, changeLogs.of(scope, names, movers));
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
    movers.abort();
    schema.drop();
  }
}

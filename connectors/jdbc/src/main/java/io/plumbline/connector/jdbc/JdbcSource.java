package io.plumbline.connector.jdbc;

import io.plumbline.matrix.connector.CaseScope;
import io.plumbline.matrix.connector.Source;

/** The source of one case: a schema with one table. */
final class JdbcSource {
  private JdbcSource() {}

  static Source open(
      JdbcDialect dialect,
      Endpoint endpoint,
      CaseScope scope,
      SourceTemplates templates,
      InterruptWatch watch,
      ChangeLog.Factory changeLogs) {
    CaseNames names = CaseNames.source(dialect.sql(), scope);
    CaseSchema schema = new CaseSchema(dialect, endpoint, names.schema());
    MoverSessions movers = new MoverSessions(dialect, endpoint, "mover " + names.schema(), watch);
    ChangeLog changeLog = changeLogs.of(scope, names, movers);
    schema.create();
    return Source.of(
        new JdbcFixture(dialect, endpoint, scope, names, templates),
        new JdbcReader(dialect, scope, names, movers, changeLog),
        () -> {
          // Readers first: an open one would hold locks on what is dropped.
          movers.abort();
          schema.drop(changeLog.removal());
        });
  }
}

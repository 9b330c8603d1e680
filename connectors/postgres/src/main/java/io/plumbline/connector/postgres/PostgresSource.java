package io.plumbline.connector.postgres;

import io.plumbline.connector.jdbc.InterruptWatch;
import io.plumbline.connector.jdbc.SourceTemplates;
import io.plumbline.matrix.connector.CaseScope;
import io.plumbline.matrix.connector.Source;

/** The source of one case: a schema, and for change capture a slot and a publication. */
final class PostgresSource {
  private PostgresSource() {}

  static Source open(
      Endpoint endpoint, CaseScope scope, SourceTemplates templates, InterruptWatch watch) {
    CaseNames names = CaseNames.source(scope);
    CaseSchema schema = new CaseSchema(endpoint, names);
    MoverSessions movers = new MoverSessions(endpoint, names.mover(), watch);
    ChangeLog changeLog = new ChangeLog(movers, scope, names);
    changeLog.drop();
    schema.create();
    return Source.of(
        new PostgresFixture(endpoint, scope, names, templates),
        new PostgresReader(movers, scope, names, changeLog),
        () -> {
          // Readers first: an open one would hold locks on what is dropped.
          schema.endMovers();
          changeLog.drop();
          schema.drop();
        });
  }
}

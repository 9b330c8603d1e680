package io.plumbline.connector.jdbc;

import io.plumbline.matrix.connector.CaseScope;
import io.plumbline.matrix.connector.Sink;

/** The sink of one case: a schema with one table. */
final class JdbcSink {
  private JdbcSink() {}

  static Sink open(JdbcDialect dialect, Endpoint endpoint, CaseScope scope, InterruptWatch watch) {
    CaseNames names = CaseNames.sink(dialect.sql(), scope);
    CaseSchema schema = new CaseSchema(dialect, endpoint, names.schema());
    MoverSessions movers = new MoverSessions(dialect, endpoint, "mover " + names.schema(), watch);
    schema.create();
    return Sink.of(
        plan -> new JdbcLoad(dialect, scope, names, plan, movers.open()),
        new JdbcInspector(dialect, endpoint, scope, names),
        () -> {
          movers.abort();
          schema.drop();
        });
  }
}

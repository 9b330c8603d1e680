package io.plumbline.connector.postgres;

import io.plumbline.connector.jdbc.InterruptWatch;
import io.plumbline.matrix.connector.CaseScope;
import io.plumbline.matrix.connector.Sink;

/** The sink of one case: a schema with one table. */
final class PostgresSink {
  private PostgresSink() {}

  static Sink open(Endpoint endpoint, CaseScope scope, InterruptWatch watch) {
    CaseNames names = CaseNames.sink(scope);
    CaseSchema schema = new CaseSchema(endpoint, names);
    MoverSessions movers = new MoverSessions(endpoint, names.mover(), watch);
    schema.create();
    return Sink.of(
        plan -> new PostgresLoad(scope, names, plan, movers.open()),
        new PostgresInspector(endpoint, scope, names, schema),
        () -> {
          schema.endMovers();
          schema.drop();
        });
  }
}

package io.plumbline.connector.postgres;

import io.plumbline.connector.jdbc.InterruptWatch;
import io.plumbline.matrix.connector.CaseScope;
import io.plumbline.matrix.connector.Inspector;
import io.plumbline.matrix.connector.Sink;
import io.plumbline.matrix.connector.SinkWriter;

/** The sink of one case: a schema with one table. */
final class PostgresSink implements Sink {
  private final CaseSchema schema;
  private final SinkWriter writer;
  private final Inspector inspector;

  PostgresSink(Endpoint endpoint, CaseScope scope, InterruptWatch watch) {
    CaseNames names = CaseNames.sink(scope);
    this.schema = new CaseSchema(endpoint, names);
    MoverSessions movers = new MoverSessions(endpoint, names.mover(), watch);
    this.writer = plan -> new PostgresLoad(scope, names, plan, movers.open());
    this.inspector = new PostgresInspector(endpoint, scope, names, schema);
    schema.create();
  }

  @Override
  public SinkWriter writer() {
    return writer;
  }

  @Override
  public Inspector inspector() {
    return inspector;
  }

  @Override
  public void close() {
    schema.endMovers();
    schema.drop();
  }
}

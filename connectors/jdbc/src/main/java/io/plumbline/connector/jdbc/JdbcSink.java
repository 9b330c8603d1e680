package io.plumbline.connector.jdbc;

import io.plumbline.matrix.connector.CaseScope;
import io.plumbline.matrix.connector.Inspector;
import io.plumbline.matrix.connector.Sink;
import io.plumbline.matrix.connector.SinkWriter;

/** The sink of one case: a schema with one table. */
final class JdbcSink implements Sink {
  private final CaseSchema schema;
  private final MoverSessions movers;
  private final SinkWriter writer;
  private final Inspector inspector;

  JdbcSink(JdbcDialect dialect, Endpoint endpoint, CaseScope scope, InterruptWatch watch) {
    CaseNames names = CaseNames.sink(dialect.sql(), scope);
    this.schema = new CaseSchema(dialect, endpoint, names.schema());
    this.movers = new MoverSessions(dialect, endpoint, "mover " + names.schema(), watch);
    this.writer = plan -> new JdbcLoad(dialect, scope, names, plan, movers.open());
    this.inspector = new JdbcInspector(dialect, endpoint, scope, names);
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
    movers.abort();
    schema.drop();
  }
}

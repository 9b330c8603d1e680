package io.plumbline.connector.clickhouse;

import io.plumbline.matrix.connector.CaseScope;
import io.plumbline.matrix.connector.Inspector;
import io.plumbline.matrix.connector.Load;
import io.plumbline.matrix.connector.LoadPlan;
import io.plumbline.matrix.connector.Sink;
import io.plumbline.matrix.connector.SinkWriter;
import java.util.HexFormat;

/** The sink of one case: a database with one table, and the tables of loads in progress. */
final class ClickhouseSink implements Sink {
  private final Server server;
  private final Target target;
  private final CaseDatabase database;
  private final Inspector inspector;

  ClickhouseSink(Server server, CaseScope scope) {
    CaseNames names = CaseNames.sink(scope);
    this.server = server;
    this.target = new Target(server, scope, names);
    this.database = new CaseDatabase(server, names);
    this.inspector = new ClickhouseInspector(server, scope, names);
    database.create();
  }

  @Override
  public SinkWriter writer() {
    return this::begin;
  }

  private Load begin(LoadPlan plan) {
    // A retry of a load takes the place of what was left of it.
    String name = "load_" + HexFormat.of().toHexDigits(plan.loadId().hashCode());
    return switch (plan.action()) {
      case REPLACE_ALL, REPLACE_WINDOW, APPEND -> new DirectLoad(server, target, plan, name);
      case MERGE, HISTORY -> new StagedLoad(server, target, plan, name);
    };
  }

  @Override
  public Inspector inspector() {
    return inspector;
  }

  @Override
  public void close() {
    database.drop();
  }
}

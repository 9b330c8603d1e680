package io.plumbline.connector.clickhouse;

import io.plumbline.matrix.connector.CaseScope;
import io.plumbline.matrix.connector.Load;
import io.plumbline.matrix.connector.LoadPlan;
import io.plumbline.matrix.connector.Sink;
import java.util.HexFormat;

/** The sink of one case: a database with one table, and the tables of loads in progress. */
final class ClickhouseSink {
  private ClickhouseSink() {}

  static Sink open(Server server, CaseScope scope) {
    CaseNames names = CaseNames.sink(scope);
    Target target = new Target(server, scope, names);
    CaseDatabase database = new CaseDatabase(server, names);
    database.create();
    return Sink.of(
        plan -> begin(server, target, plan),
        new ClickhouseInspector(server, scope, names),
        database::drop);
  }

  private static Load begin(Server server, Target target, LoadPlan plan) {
    // A retry of a load takes the place of what was left of it.
    String name = "load_" + HexFormat.of().toHexDigits(plan.loadId().hashCode());
    return switch (plan.action()) {
      case REPLACE_ALL, REPLACE_WINDOW, APPEND -> new DirectLoad(server, target, plan, name);
      case MERGE, HISTORY -> new StagedLoad(server, target, plan, name);
    };
  }
}

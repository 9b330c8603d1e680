package io.plumbline.connector.bigquery;

import io.plumbline.matrix.connector.CaseScope;
import io.plumbline.matrix.connector.Sink;
import io.plumbline.matrix.lab.Interruption;
import java.util.HexFormat;

/** The sink of one case: a dataset with one table, and the tables of loads in progress. */
final class BigquerySink {
  private BigquerySink() {}

  static Sink open(Service project, CaseScope scope) {
    CaseNames names = CaseNames.sink(scope);
    Service service = project.createDataset(names.dataset());
    return Sink.of(
        plan -> {
          // A retry of a load takes the place of what was left of it.
          String stage = "load_" + HexFormat.of().toHexDigits(plan.loadId().hashCode());
          return new StagedLoad(service, new Target(scope, names, stage), names, plan, stage);
        },
        new BigqueryInspector(service, scope, names),
        () -> Interruption.deferred(() -> service.dropDataset(names.dataset())));
  }
}

package io.plumbline.connector.tck;

import io.plumbline.matrix.connector.CaseScope;
import io.plumbline.matrix.connector.ColumnContract;
import io.plumbline.matrix.connector.Connector;
import io.plumbline.matrix.connector.Fidelity;
import io.plumbline.matrix.connector.RunningSystem;
import io.plumbline.matrix.connector.TargetLayout;
import io.plumbline.matrix.connector.TypeMapping;
import io.plumbline.matrix.connector.TypeMapping.Declaration;
import io.plumbline.matrix.dataset.Column;
import io.plumbline.matrix.dataset.Dataset;
import io.plumbline.matrix.dataset.LogicalType;
import io.plumbline.matrix.registry.CaseId;
import io.plumbline.matrix.registry.Family;
import io.plumbline.matrix.registry.Strategy;
import java.util.ArrayList;
import java.util.List;
import org.apiguardian.api.API;

/** What the tests of a system have in common. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public abstract class SystemContract {
  private static final Family OTHER = new Family("other");

  private static final int RADIX = 36;
  private static final int MOST_DIGITS = 11;

  private final Connector connector;
  private final RunningSystem system;

  /** Another one for each test: a system may still be busy with what the test before removed. */
  private final String runId = "t" + digits(System.nanoTime());

  SystemContract(Connector connector, RunningSystem system) {
    this.connector = connector;
    this.system = system;
  }

  private static String digits(long number) {
    String all = Long.toString(Math.abs(number), RADIX);
    return all.substring(Math.max(0, all.length() - MOST_DIGITS));
  }

  final Connector connector() {
    return connector;
  }

  final RunningSystem system() {
    return system;
  }

  /** A case that reads from the system and whose other side takes everything as it is. */
  final CaseScope sourceScope(Strategy strategy, Dataset dataset) {
    List<ColumnContract> contracts = new ArrayList<>();
    for (Column column : dataset.columns()) {
      Declaration source = connector.sourceTypes().of(column, column.type());
      contracts.add(new ColumnContract(column, source, exact(source.carried())));
    }
    return new CaseScope(
        new CaseId(connector.family(), OTHER, strategy),
        runId,
        dataset,
        contracts,
        TargetLayout.KEYED);
  }

  /** A case that writes to the system and whose other side hands on everything as it is. */
  final CaseScope sinkScope(TypeMapping types, TargetLayout layout, Dataset dataset) {
    return new CaseScope(
        new CaseId(OTHER, connector.family(), Strategy.FULL_REFRESH),
        runId,
        dataset,
        dataset.columns().stream()
            .map(c -> new ColumnContract(c, exact(c.type()), types.of(c, c.type())))
            .toList(),
        layout);
  }

  private static Declaration exact(LogicalType type) {
    return new Declaration(type, "exact", new Fidelity.Exact());
  }
}

package io.plumbline.connector.tck;

import io.plumbline.matrix.connector.CaseScope;
import io.plumbline.matrix.connector.ColumnContract;
import io.plumbline.matrix.connector.Connector;
import io.plumbline.matrix.connector.LoadPlan;
import io.plumbline.matrix.connector.TargetLayout;
import io.plumbline.matrix.connector.WriteAction;
import io.plumbline.matrix.dataset.Dataset;
import io.plumbline.matrix.dataset.Volume;
import io.plumbline.matrix.registry.CaseId;
import io.plumbline.matrix.registry.Strategy;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import org.apiguardian.api.API;

/** What a family's tests move: the documented volume with few rows, from the family to itself. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class Cases {
  /** When the versions of a first load begin. */
  public static final LocalDateTime FIRST = LocalDateTime.of(2026, 6, 4, 0, 0);

  /** When the versions of any later load begin. */
  public static final LocalDateTime SECOND = LocalDateTime.of(2026, 6, 11, 0, 0);

  private Cases() {}

  /** The documented volume with another number of rows. */
  public static Volume volume(long rows) {
    return new Volume(rows, new BigDecimal("0.20"), new BigDecimal("0.05"), 120, 20260603L);
  }

  /** A case whose source and sink are of one family. */
  public static CaseScope own(
      Connector connector, Strategy strategy, TargetLayout layout, Dataset dataset) {
    return new CaseScope(
        new CaseId(connector.family(), connector.family(), strategy),
        "test",
        dataset,
        ColumnContract.of(dataset.columns(), connector.sourceTypes(), connector.sinkTypes()),
        layout);
  }

  /** A load; the one with the id {@code 1} is the first. */
  public static LoadPlan plan(String loadId, WriteAction action, LocalDate... window) {
    return new LoadPlan(loadId, action, List.of(window), loadId.equals("1") ? FIRST : SECOND);
  }
}

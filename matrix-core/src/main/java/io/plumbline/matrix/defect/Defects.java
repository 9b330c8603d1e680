package io.plumbline.matrix.defect;

import io.plumbline.matrix.connector.Trait;
import io.plumbline.matrix.registry.Strategy;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apiguardian.api.API;

/** The catalogue of seeded defects. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class Defects {
  /** Strategies that write by key and delete, in a target with one row per key. */
  static final Strategy[] BY_KEY = {
    Strategy.INCREMENTAL_MERGE, Strategy.SNAPSHOT_DIFF, Strategy.XMIN, Strategy.CDC
  };

  private Defects() {}

  /** Every defect, in the order of the documents. */
  public static List<Defect> all() {
    return Stream.of(
            LoadDefects.all(),
            CellDefects.all(),
            ReadDefects.all(),
            HistoryDefects.all(),
            TopicDefects.all(),
            ProtocolDefects.all(),
            RefusalDefects.all())
        .flatMap(List::stream)
        .toList();
  }

  /** The catalogue as a Markdown table. */
  public static String toMarkdown() {
    StringBuilder table = new StringBuilder("| defect | what goes wrong | strategies | check |\n");
    table.append("|---|---|---|---|\n");
    for (Defect defect : all()) {
      boolean every = defect.strategies().size() == Strategy.values().length;
      table.append(
          "| %s | %s | %s | %s |\n"
              .formatted(
                  defect.id(),
                  defect.description(),
                  every
                      ? "all"
                      : defect.strategies().stream()
                          .sorted()
                          .map(Strategy::id)
                          .collect(Collectors.joining(", ")),
                  defect.check().id()));
    }
    return table.toString();
  }

  /** True when the sink is a log of events. */
  static boolean log(DefectCase candidate) {
    return candidate.sinkTrait() == Trait.EVENT_LOG;
  }

  /** True when the sink changes rows in place, and counts its operations. */
  static boolean table(DefectCase candidate) {
    return candidate.sinkTrait() == Trait.KEYED_TABLE;
  }
}

package io.plumbline.matrix.cases;

import io.plumbline.matrix.connector.ColumnContract;
import io.plumbline.matrix.connector.Connector;
import io.plumbline.matrix.dataset.Column;
import io.plumbline.matrix.dataset.Dataset;
import io.plumbline.matrix.dataset.Volume;
import io.plumbline.matrix.fidelity.FidelityTable;
import io.plumbline.matrix.registry.Family;
import io.plumbline.matrix.registry.Matrix;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The connectors of the canonical registry, and what they declare of its pairs. */
final class Families {
  private final Map<Family, Connector> connectors =
      all().stream().collect(Collectors.toMap(Connector::family, Function.identity()));
  private final List<Column> columns = new Dataset(Volume.DEFAULT).columns();

  /** The connectors on the class path. */
  static List<Connector> all() {
    return ServiceLoader.load(Connector.class).stream().map(ServiceLoader.Provider::get).toList();
  }

  /** A table for each pair, sink by sink of each source. */
  List<FidelityTable> tables(Matrix matrix) {
    return matrix.sources().stream()
        .flatMap(source -> matrix.sinks().stream().map(sink -> table(source, sink)))
        .toList();
  }

  private FidelityTable table(Family source, Family sink) {
    return FidelityTable.of(
        source,
        sink,
        ColumnContract.of(columns, connector(source).sourceTypes(), connector(sink).sinkTypes()));
  }

  private Connector connector(Family family) {
    return Objects.requireNonNull(connectors.get(family));
  }
}

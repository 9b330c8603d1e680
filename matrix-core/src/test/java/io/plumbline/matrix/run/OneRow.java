package io.plumbline.matrix.run;

import io.plumbline.matrix.connector.Connector;
import io.plumbline.matrix.connector.ExternalEndpoint;
import io.plumbline.matrix.connector.RunningSystem;
import io.plumbline.matrix.connector.SystemProvider;
import io.plumbline.matrix.dataset.Volume;
import io.plumbline.matrix.registry.Family;
import io.plumbline.matrix.registry.RunMode;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Runs of one row on systems of the test's own. */
final class OneRow {
  private OneRow() {}

  static RunSettings settings(RunMode mode, SystemSettings systems) {
    return new RunSettings(
        mode,
        new Volume(1, BigDecimal.ZERO, BigDecimal.ZERO, 0, 7),
        Path.of("target/unused"),
        1,
        Duration.ofMinutes(5),
        Duration.ofMinutes(5),
        systems);
  }

  static RunSettings onRealSystems(Map<Family, ExternalEndpoint> external) {
    return settings(RunMode.MOCK_LOCAL, SystemSettings.of(RunMode.MOCK_LOCAL, external));
  }

  /** A system that starts, or does not, as it is told. */
  record Starting(Supplier<RunningSystem> start) implements SystemProvider {
    @Override
    public boolean serves(RunMode mode) {
      return true;
    }

    @Override
    public RunningSystem start(Path workDirectory) {
      return start.get();
    }
  }

  /** The connectors of the cube, each with a system of its own. */
  static List<Connector> connectors(Function<PlainConnector, RunningSystem> systems) {
    return connectorsBut(Set.of(), UnaryOperator.identity(), systems);
  }

  /** The same, but those of some families as they are told. */
  static List<Connector> connectorsBut(
      Set<Family> families,
      UnaryOperator<PlainConnector> other,
      Function<PlainConnector, RunningSystem> systems) {
    return PlainConnector.ofTheCube().stream()
        .map(PlainConnector.class::cast)
        .<Connector>map(
            c ->
                families.contains(c.family())
                    ? other.apply(c)
                    : c.with(new Starting(() -> systems.apply(c))))
        .toList();
  }
}

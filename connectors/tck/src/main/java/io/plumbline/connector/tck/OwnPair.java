package io.plumbline.connector.tck;

import io.plumbline.matrix.connector.Connector;
import io.plumbline.matrix.connector.ExternalEndpoint;
import io.plumbline.matrix.dataset.Volume;
import io.plumbline.matrix.registry.Family;
import io.plumbline.matrix.registry.Matrix;
import io.plumbline.matrix.registry.MatrixCase;
import io.plumbline.matrix.registry.RunMode;
import io.plumbline.matrix.registry.Strategy;
import io.plumbline.matrix.run.RunSettings;
import io.plumbline.matrix.run.StandardRun;
import io.plumbline.matrix.run.SystemSettings;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apiguardian.api.API;

/** A registry whose only pair leads from a family to itself, and runs of its cases. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class OwnPair {
  private static final Duration MOST = Duration.ofMinutes(5);

  private final Connector connector;
  private final Matrix matrix;

  /** A pair with some strategies. */
  public OwnPair(Connector connector, Collection<Strategy> strategies) {
    this.connector = connector;
    String registry =
        """
        schema: plumbline.matrix.registry/1
        sources: [%1$s]
        sinks: [%1$s]
        strategies: [%2$s]
        rejections: []
        """
            .formatted(
                connector.family(),
                strategies.stream().map(Strategy::id).collect(Collectors.joining(", ")));
    this.matrix =
        Matrix.read("test", new ByteArrayInputStream(registry.getBytes(StandardCharsets.UTF_8)));
  }

  /** All cases, in the order of the strategies. */
  public List<MatrixCase> cases() {
    return matrix.cases();
  }

  /** The case of a strategy that the pair has. */
  public MatrixCase of(Strategy strategy) {
    Family family = connector.family();
    return matrix.find("%1$s_to_%1$s__%2$s".formatted(family, strategy.id())).orElseThrow();
  }

  /** A run that starts the family's system itself. */
  public StandardRun run(long rows, Path artifacts) {
    return run(Cases.volume(rows), artifacts, Map.of(), MOST);
  }

  /** A run on a system that is there already. */
  public StandardRun run(long rows, Path artifacts, ExternalEndpoint endpoint) {
    return run(Cases.volume(rows), artifacts, endpoint, MOST);
  }

  /** As above, with a limit for each phase. */
  public StandardRun run(
      Volume volume, Path artifacts, ExternalEndpoint endpoint, Duration phaseTimeout) {
    return run(volume, artifacts, Map.of(connector.family(), endpoint), phaseTimeout);
  }

  private StandardRun run(
      Volume volume,
      Path artifacts,
      Map<Family, ExternalEndpoint> external,
      Duration phaseTimeout) {
    return new StandardRun(
        new RunSettings(
            RunMode.MOCK_LOCAL,
            volume,
            artifacts,
            1,
            MOST,
            phaseTimeout,
            SystemSettings.of(RunMode.MOCK_LOCAL, external)),
        matrix,
        List.of(connector));
  }
}

package io.plumbline.connector.bigquery;

import io.plumbline.connector.bigquery.service.RestServer;
import io.plumbline.matrix.connector.CaseScope;
import io.plumbline.matrix.connector.ColumnContract;
import io.plumbline.matrix.connector.Connector;
import io.plumbline.matrix.connector.ExternalEndpoint;
import io.plumbline.matrix.connector.Feature;
import io.plumbline.matrix.connector.RunningSystem;
import io.plumbline.matrix.connector.Sink;
import io.plumbline.matrix.connector.Source;
import io.plumbline.matrix.connector.SystemInfo;
import io.plumbline.matrix.connector.SystemProvider;
import io.plumbline.matrix.connector.TargetLayout;
import io.plumbline.matrix.connector.TypeMapping;
import io.plumbline.matrix.connector.TypeMapping.Role;
import io.plumbline.matrix.dataset.LogicalType;
import io.plumbline.matrix.memory.MemorySystem;
import io.plumbline.matrix.registry.Family;
import io.plumbline.matrix.registry.RunMode;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** BigQuery as it is, and a source in memory beside it, so that there are whole cases. */
final class PlayedSource implements Connector {
  private final BigqueryConnector sink = new BigqueryConnector();

  @Override
  public Family family() {
    return sink.family();
  }

  @Override
  public Set<Feature> features() {
    Set<Feature> features = EnumSet.copyOf(sink.features());
    features.addAll(Set.of(Feature.SNAPSHOT, Feature.CURSOR, Feature.SLICES));
    return features;
  }

  /** Everything is handed on as it is. */
  @Override
  public TypeMapping sourceTypes() {
    TypeMapping.Builder types = TypeMapping.of(family(), Role.SOURCE);
    for (LogicalType type : LogicalType.values()) {
      types.exact(type, type.id());
    }
    return types.build();
  }

  @Override
  public TypeMapping sinkTypes() {
    return sink.sinkTypes();
  }

  @Override
  public String targetDefinition(String name, List<ColumnContract> columns, TargetLayout layout) {
    return sink.targetDefinition(name, columns, layout);
  }

  @Override
  public List<SystemProvider> providers() {
    return List.of(
        SystemProvider.of(
            RunMode.MOCK_LOCAL,
            directory -> {
              RestServer server = RestServer.start(RestServer.Manners.SERVICE);
              return running(server.address(), server);
            }));
  }

  @Override
  public RunningSystem connect(ExternalEndpoint external) {
    return new Running(sink.connect(external), new MemorySystem(this), () -> {});
  }

  /** On a server that ends with it. */
  Running running(String address, RestServer server) {
    return new Running(
        sink.connect(new ExternalEndpoint(address, "", "")), new MemorySystem(this), server);
  }

  /** The two systems. */
  record Running(RunningSystem sinks, RunningSystem sources, AutoCloseable server)
      implements RunningSystem {
    @Override
    public SystemInfo info() {
      return sinks.info();
    }

    @Override
    public Source openSource(CaseScope scope) {
      return sources.openSource(scope);
    }

    @Override
    public Sink openSink(CaseScope scope) {
      return sinks.openSink(scope);
    }

    @Override
    public void close() {
      try (server;
          sinks;
          sources) {
        // From the last to the first.
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }
}

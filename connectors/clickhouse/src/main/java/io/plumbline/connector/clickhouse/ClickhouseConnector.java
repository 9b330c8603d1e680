package io.plumbline.connector.clickhouse;

import io.plumbline.matrix.connector.ColumnContract;
import io.plumbline.matrix.connector.Connector;
import io.plumbline.matrix.connector.EvidenceLevel;
import io.plumbline.matrix.connector.ExternalEndpoint;
import io.plumbline.matrix.connector.Feature;
import io.plumbline.matrix.connector.RunningSystem;
import io.plumbline.matrix.connector.SystemProvider;
import io.plumbline.matrix.connector.TargetLayout;
import io.plumbline.matrix.connector.Trait;
import io.plumbline.matrix.connector.TypeMapping;
import io.plumbline.matrix.connector.TypeMapping.Role;
import io.plumbline.matrix.registry.Family;
import java.util.List;
import java.util.Set;
import org.apiguardian.api.API;

/** The ClickHouse family. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class ClickhouseConnector implements Connector {
  private final TypeMapping sourceTypes = ClickhouseTypes.of(Role.SOURCE);
  private final TypeMapping sinkTypes = ClickhouseTypes.of(Role.SINK);

  /** Called by {@link java.util.ServiceLoader}. */
  public ClickhouseConnector() {}

  @Override
  public Family family() {
    return ClickhouseTypes.FAMILY;
  }

  @Override
  public Trait trait() {
    return Trait.COLLAPSED_ON_READ;
  }

  @Override
  public Set<Feature> features() {
    return Set.of(
        Feature.SNAPSHOT,
        Feature.CURSOR,
        Feature.SLICES,
        Feature.REPLACE_ALL,
        Feature.APPEND,
        Feature.MERGE,
        Feature.REPLACE_WINDOW,
        Feature.PARTITIONS,
        Feature.HISTORY);
  }

  @Override
  public TypeMapping sourceTypes() {
    return sourceTypes;
  }

  @Override
  public TypeMapping sinkTypes() {
    return sinkTypes;
  }

  @Override
  public String targetDefinition(String name, List<ColumnContract> columns, TargetLayout layout) {
    return ClickhouseTable.ofTarget(columns, layout).create(name) + ";\n";
  }

  @Override
  public String sourceDefinition(String name, List<ColumnContract> columns) {
    return ClickhouseTable.ofSource(columns).create(name) + ";\n";
  }

  @Override
  public List<SystemProvider> providers() {
    return List.of(new ChdbProvider(ChdbLibrary.ofJvm()));
  }

  /**
   * Connects to a server that is there already.
   *
   * @param external with the address of its HTTP interface, {@code http://host:8123}
   */
  @Override
  public RunningSystem connect(ExternalEndpoint external) {
    return new ClickhouseSystem(Endpoint.of(external), EvidenceLevel.EXTERNAL, () -> {});
  }
}

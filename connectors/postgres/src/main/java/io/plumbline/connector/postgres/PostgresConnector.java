package io.plumbline.connector.postgres;

import io.plumbline.connector.jdbc.TableDefinition;
import io.plumbline.matrix.connector.ColumnContract;
import io.plumbline.matrix.connector.Connector;
import io.plumbline.matrix.connector.EvidenceLevel;
import io.plumbline.matrix.connector.ExternalEndpoint;
import io.plumbline.matrix.connector.Feature;
import io.plumbline.matrix.connector.RunningSystem;
import io.plumbline.matrix.connector.SystemProvider;
import io.plumbline.matrix.connector.TargetLayout;
import io.plumbline.matrix.connector.TypeMapping;
import io.plumbline.matrix.connector.TypeMapping.Role;
import io.plumbline.matrix.registry.Family;
import java.util.List;
import java.util.Set;
import org.apiguardian.api.API;

/** The PostgreSQL family. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class PostgresConnector implements Connector {
  private final TypeMapping sourceTypes = PostgresTypes.of(Role.SOURCE);
  private final TypeMapping sinkTypes = PostgresTypes.of(Role.SINK);

  /** Called by {@link java.util.ServiceLoader}. */
  public PostgresConnector() {}

  @Override
  public Family family() {
    return PostgresTypes.FAMILY;
  }

  @Override
  public Set<Feature> features() {
    return Set.of(
        Feature.SNAPSHOT,
        Feature.CURSOR,
        Feature.SLICES,
        Feature.XMIN,
        Feature.CHANGE_LOG,
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
    return TableDefinition.ofTarget(PostgresTypes.DIALECT, columns, layout).script(name);
  }

  @Override
  public String sourceDefinition(String name, List<ColumnContract> columns) {
    return TableDefinition.ofSource(PostgresTypes.DIALECT, columns).script(name);
  }

  @Override
  public List<SystemProvider> providers() {
    return List.of(new EmbeddedPostgresProvider());
  }

  /**
   * Connects to a server that is there already. Its user may create schemas; for change capture it
   * has replication rights, and the server {@code wal_level = logical}.
   *
   * @param external with an address like {@code jdbc:postgresql://host:5432/database}
   */
  @Override
  public RunningSystem connect(ExternalEndpoint external) {
    return new PostgresSystem(
        Endpoint.of(external), EvidenceLevel.EXTERNAL, () -> {}, EmbeddedPostgresProvider.quiet());
  }
}

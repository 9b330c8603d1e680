package io.plumbline.connector.mssql;

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

/** The Microsoft SQL Server family. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class MssqlConnector implements Connector {
  private final TypeMapping sourceTypes = MssqlTypes.of(Role.SOURCE);
  private final TypeMapping sinkTypes = MssqlTypes.of(Role.SINK);

  /** Called by {@link java.util.ServiceLoader}. */
  public MssqlConnector() {}

  @Override
  public Family family() {
    return MssqlTypes.FAMILY;
  }

  @Override
  public Set<Feature> features() {
    return Set.of(
        Feature.SNAPSHOT,
        Feature.CURSOR,
        Feature.SLICES,
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
    return TableDefinition.ofTarget(MssqlTypes.DIALECT, columns, layout).script(name);
  }

  @Override
  public String sourceDefinition(String name, List<ColumnContract> columns) {
    return TableDefinition.ofSource(MssqlTypes.DIALECT, columns).script(name);
  }

  @Override
  public List<SystemProvider> providers() {
    return List.of(new H2Provider());
  }

  /**
   * Connects to a server that is there already. Its user may create schemas in the database.
   *
   * @param external with an address like {@code jdbc:sqlserver://host:1433;databaseName=name}
   */
  @Override
  public RunningSystem connect(ExternalEndpoint external) {
    return SqlServer.of(external).system(EvidenceLevel.EXTERNAL, () -> {});
  }
}

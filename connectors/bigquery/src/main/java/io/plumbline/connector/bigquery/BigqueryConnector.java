package io.plumbline.connector.bigquery;

import io.plumbline.connector.jdbc.TableDefinition;
import io.plumbline.matrix.connector.ColumnContract;
import io.plumbline.matrix.connector.Connector;
import io.plumbline.matrix.connector.ExternalEndpoint;
import io.plumbline.matrix.connector.Feature;
import io.plumbline.matrix.connector.RunningSystem;
import io.plumbline.matrix.connector.TargetLayout;
import io.plumbline.matrix.connector.TypeMapping;
import io.plumbline.matrix.connector.TypeMapping.Role;
import io.plumbline.matrix.registry.Family;
import java.util.List;
import java.util.Set;
import org.apiguardian.api.API;

/** The BigQuery family; a sink only. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class BigqueryConnector implements Connector {
  private final TypeMapping sinkTypes = BigqueryTypes.of(Role.SINK);

  /** Called by {@link java.util.ServiceLoader}. */
  public BigqueryConnector() {}

  @Override
  public Family family() {
    return BigqueryTypes.FAMILY;
  }

  @Override
  public Set<Feature> features() {
    return Set.of(
        Feature.REPLACE_ALL,
        Feature.APPEND,
        Feature.MERGE,
        Feature.REPLACE_WINDOW,
        Feature.PARTITIONS,
        Feature.HISTORY);
  }

  @Override
  public boolean documentedOnly() {
    return true;
  }

  @Override
  public TypeMapping sinkTypes() {
    return sinkTypes;
  }

  @Override
  public String targetDefinition(String name, List<ColumnContract> columns, TargetLayout layout) {
    return create(name, columns, layout) + ";\n";
  }

  static String create(String path, List<ColumnContract> columns, TargetLayout layout) {
    return TableDefinition.ofTarget(BigqueryTypes.DIALECT, columns, layout).createBare(path)
        + "\nPARTITION BY `business_date`\nCLUSTER BY `id`";
  }

  /**
   * Connects to a project that is there already, by the REST API.
   *
   * @param external with the project's address, {@code
   *     https://bigquery.googleapis.com/projects/name} with Application Default Credentials, or
   *     that of an emulator, {@code http://localhost:9050/projects/name}
   */
  @Override
  public RunningSystem connect(ExternalEndpoint external) {
    return new BigquerySystem(Endpoint.of(external));
  }
}

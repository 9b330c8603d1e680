package io.plumbline.connector.mysql;

import io.plumbline.connector.jdbc.TableDefinition;
import io.plumbline.matrix.connector.ColumnContract;
import io.plumbline.matrix.connector.Connector;
import io.plumbline.matrix.connector.EvidenceLevel;
import io.plumbline.matrix.connector.ExternalEndpoint;
import io.plumbline.matrix.connector.Feature;
import io.plumbline.matrix.connector.RunningSystem;
import io.plumbline.matrix.connector.SystemProvider;
import io.plumbline.matrix.connector.TypeMapping;
import io.plumbline.matrix.connector.TypeMapping.Role;
import io.plumbline.matrix.registry.Family;
import java.util.List;
import java.util.Set;
import org.apiguardian.api.API;

/** The MySQL family; a source only. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class MysqlConnector implements Connector {
  private final TypeMapping sourceTypes = MysqlTypes.of(Role.SOURCE);

  /** Called by {@link java.util.ServiceLoader}. */
  public MysqlConnector() {}

  @Override
  public Family family() {
    return MysqlTypes.FAMILY;
  }

  @Override
  public Set<Feature> features() {
    return Set.of(Feature.SNAPSHOT, Feature.CURSOR, Feature.SLICES, Feature.CHANGE_LOG);
  }

  @Override
  public TypeMapping sourceTypes() {
    return sourceTypes;
  }

  @Override
  public String sourceDefinition(String name, List<ColumnContract> columns) {
    return TableDefinition.ofSource(MysqlTypes.DIALECT, columns).script(name);
  }

  @Override
  public List<SystemProvider> providers() {
    return List.of(new EmbeddedMariadbProvider());
  }

  /**
   * Connects to a server that is there already; needs MariaDB's driver on the class path. Its user
   * may create databases, and keep what the harness seeds out of the log (SESSION_VARIABLES_ADMIN,
   * in MariaDB BINLOG ADMIN); for change capture it may follow the binary log, and lock tables.
   *
   * @param external with an address like {@code jdbc:mariadb://host:3306/}
   */
  @Override
  public RunningSystem connect(ExternalEndpoint external) {
    return MysqlServer.of(external).system(EvidenceLevel.EXTERNAL, () -> {});
  }
}

package io.plumbline.connector.api;

import io.plumbline.connector.json.JsonSchema;
import io.plumbline.connector.json.JsonTypes;
import io.plumbline.matrix.connector.ColumnContract;
import io.plumbline.matrix.connector.Connector;
import io.plumbline.matrix.connector.Feature;
import io.plumbline.matrix.connector.SystemProvider;
import io.plumbline.matrix.connector.Trait;
import io.plumbline.matrix.connector.TypeMapping;
import io.plumbline.matrix.connector.TypeMapping.Role;
import io.plumbline.matrix.registry.Family;
import java.util.List;
import java.util.Set;
import org.apiguardian.api.API;

/**
 * HTTP APIs that hand out pages of JSON and a change feed; a source only. What is declared is what
 * the JSON of a page carries ({@link JsonTypes}).
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class ApiConnector implements Connector {
  static final Family FAMILY = new Family("api");
  private final TypeMapping sourceTypes = JsonTypes.of(FAMILY, Role.SOURCE);

  /** Called by {@link java.util.ServiceLoader}. */
  public ApiConnector() {}

  @Override
  public Family family() {
    return FAMILY;
  }

  @Override
  public Trait trait() {
    return Trait.PAGED_FEED;
  }

  @Override
  public Set<Feature> features() {
    return Set.of(Feature.SNAPSHOT, Feature.CURSOR, Feature.SLICES);
  }

  @Override
  public TypeMapping sourceTypes() {
    return sourceTypes;
  }

  @Override
  public String sourceDefinition(String name, List<ColumnContract> columns) {
    return JsonSchema.ofSource(name, columns);
  }

  @Override
  public List<SystemProvider> providers() {
    return List.of(new FixtureApiProvider());
  }
}

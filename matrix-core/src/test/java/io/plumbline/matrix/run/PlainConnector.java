package io.plumbline.matrix.run;

import io.plumbline.matrix.connector.ColumnContract;
import io.plumbline.matrix.connector.Connector;
import io.plumbline.matrix.connector.ExternalEndpoint;
import io.plumbline.matrix.connector.Feature;
import io.plumbline.matrix.connector.RunningSystem;
import io.plumbline.matrix.connector.SystemProvider;
import io.plumbline.matrix.connector.TargetLayout;
import io.plumbline.matrix.connector.Trait;
import io.plumbline.matrix.connector.TypeMapping;
import io.plumbline.matrix.dataset.LogicalType;
import io.plumbline.matrix.memory.MemorySystem;
import io.plumbline.matrix.registry.Family;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * A connector that declares every type exact, in both roles.
 *
 * @param special declares some types otherwise
 * @param documentedOnly nobody has an engine of it
 */
public record PlainConnector(
    Family family,
    Trait trait,
    Set<Feature> features,
    List<SystemProvider> providers,
    Map<LogicalType, BiConsumer<TypeMapping.Builder, LogicalType>> special,
    boolean documentedOnly)
    implements Connector {
  /** The address of a server that this connector reaches. */
  static final String IN_MEMORY = "in memory";

  static PlainConnector of(String family, Trait trait, Feature... missing) {
    Set<Feature> features = EnumSet.allOf(Feature.class);
    features.removeAll(List.of(missing));
    return new PlainConnector(new Family(family), trait, features, List.of(), Map.of(), false);
  }

  PlainConnector with(SystemProvider provider) {
    return new PlainConnector(family, trait, features, List.of(provider), special, documentedOnly);
  }

  PlainConnector documented(boolean only) {
    return new PlainConnector(family, trait, features, providers, special, only);
  }

  /** The same connector, which declares a type in another way. */
  public PlainConnector declaring(
      LogicalType type, BiConsumer<TypeMapping.Builder, LogicalType> declaration) {
    Map<LogicalType, BiConsumer<TypeMapping.Builder, LogicalType>> more = new HashMap<>(special);
    more.put(type, declaration);
    return new PlainConnector(family, trait, features, providers, Map.copyOf(more), documentedOnly);
  }

  /** One connector per family of the standard cube, with its true traits and features. */
  public static List<Connector> ofTheCube() {
    return List.of(
        of("postgres", Trait.KEYED_TABLE),
        of("mssql", Trait.KEYED_TABLE, Feature.XMIN),
        of("mysql", Trait.KEYED_TABLE, Feature.XMIN),
        of("clickhouse", Trait.COLLAPSED_ON_READ, Feature.XMIN, Feature.CHANGE_LOG),
        of("api", Trait.PAGED_FEED, Feature.XMIN, Feature.CHANGE_LOG),
        of(
            "kafka",
            Trait.EVENT_LOG,
            Feature.XMIN,
            Feature.CHANGE_LOG,
            Feature.PARTITIONS,
            Feature.HISTORY),
        of("bigquery", Trait.KEYED_TABLE));
  }

  @Override
  public RunningSystem connect(ExternalEndpoint endpoint) {
    return endpoint.address().equals(IN_MEMORY)
        ? new MemorySystem(this)
        : Connector.super.connect(endpoint);
  }

  @Override
  public TypeMapping sourceTypes() {
    return types(TypeMapping.Role.SOURCE);
  }

  @Override
  public TypeMapping sinkTypes() {
    return types(TypeMapping.Role.SINK);
  }

  private TypeMapping types(TypeMapping.Role role) {
    TypeMapping.Builder types = TypeMapping.of(family, role);
    for (LogicalType type : LogicalType.values()) {
      special.getOrDefault(type, (t, x) -> t.exact(x, x.id())).accept(types, type);
    }
    return types.build();
  }

  @Override
  public String targetDefinition(String name, List<ColumnContract> columns, TargetLayout layout) {
    return "target " + name;
  }

  @Override
  public String sourceDefinition(String name, List<ColumnContract> columns) {
    return "source " + name;
  }
}

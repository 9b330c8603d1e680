package com.example.mvstore;

import io.plumbline.matrix.connector.Connector;
import io.plumbline.matrix.connector.Feature;
import io.plumbline.matrix.connector.SystemProvider;
import io.plumbline.matrix.connector.TypeMapping;
import io.plumbline.matrix.dataset.LogicalType;
import io.plumbline.matrix.registry.Family;
import io.plumbline.matrix.registry.RunMode;
import java.util.List;
import java.util.Set;

/** What the family of H2's MVStore, an embedded key-value store, declares. */
public final class MvStoreConnector implements Connector {
  static final Family FAMILY = new Family("mvstore");

  @Override
  public Family family() {
    return FAMILY;
  }

  @Override
  public Set<Feature> features() {
    return Set.of(Feature.SNAPSHOT, Feature.CURSOR, Feature.REPLACE_ALL, Feature.MERGE);
  }

  @Override
  public TypeMapping sourceTypes() {
    return types(TypeMapping.Role.SOURCE);
  }

  @Override
  public TypeMapping sinkTypes() {
    return types(TypeMapping.Role.SINK);
  }

  private static TypeMapping types(TypeMapping.Role role) {
    TypeMapping.Builder types = TypeMapping.of(FAMILY, role);
    for (LogicalType type : LogicalType.values()) {
      types.exact(type, type.canonical().getSimpleName());
    }
    return types.build();
  }

  @Override
  public List<SystemProvider> providers() {
    return List.of(SystemProvider.of(RunMode.MOCK_LOCAL, MvStoreSystem::new));
  }
}

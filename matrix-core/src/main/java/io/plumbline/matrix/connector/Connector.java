package io.plumbline.matrix.connector;

import io.plumbline.matrix.registry.Family;
import java.util.List;
import java.util.Set;

/**
 * A family as the harness sees it: what it declares, and the systems it can run on. Found by {@link
 * java.util.ServiceLoader}. Declared features are checked for truth both ways, an idea of Trino's
 * connector tests.
 */
public interface Connector {

  /** The family's id. */
  Family family();

  /** How the family's storage behaves. */
  Trait trait();

  /** Declared features, of both roles; a role without features is not played. */
  Set<Feature> features();

  /**
   * Types in the source role.
   *
   * @throws UnsupportedOperationException when the family is no source
   */
  TypeMapping sourceTypes();

  /**
   * Types in the sink role.
   *
   * @throws UnsupportedOperationException when the family is no sink
   */
  TypeMapping sinkTypes();

  /** The statement or schema that makes the target of a case, for the artifact. */
  String targetDefinition(String name, List<ColumnContract> columns, TargetLayout layout);

  /** The statement or schema that makes the source of a case, for the artifact. */
  String sourceDefinition(String name, List<ColumnContract> columns);

  /** Real systems it can run on; mock_contract needs none. */
  default List<SystemProvider> providers() {
    return List.of();
  }
}

package io.plumbline.matrix.connector;

import io.plumbline.matrix.registry.Family;
import io.plumbline.matrix.registry.InvalidInputException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apiguardian.api.API;

/**
 * A family as the harness sees it: what it declares, and the systems it can run on. Found by {@link
 * java.util.ServiceLoader}. Declared features are checked for truth both ways, an idea of Trino's
 * connector tests.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public interface Connector {

  /** The family's id. */
  Family family();

  /** How the family's storage behaves; a keyed table unless it says otherwise. */
  default Trait trait() {
    return Trait.KEYED_TABLE;
  }

  /** Declared features, of both roles; a role without features is not played. */
  Set<Feature> features();

  /**
   * Types in the source role.
   *
   * @throws UnsupportedOperationException when the family is no source
   */
  default TypeMapping sourceTypes() {
    throw new UnsupportedOperationException(family() + " is no source.");
  }

  /**
   * Types in the sink role.
   *
   * @throws UnsupportedOperationException when the family is no sink
   */
  default TypeMapping sinkTypes() {
    throw new UnsupportedOperationException(family() + " is no sink.");
  }

  /**
   * The statement or schema that makes the target of a case, for the artifact; the columns with
   * their types, one a line, where the system has no statement for it.
   *
   * @throws UnsupportedOperationException when the family is no sink
   */
  default String targetDefinition(String name, List<ColumnContract> columns, TargetLayout layout) {
    if (features().stream().noneMatch(feature -> feature.role() == TypeMapping.Role.SINK)) {
      throw new UnsupportedOperationException(family() + " is no sink.");
    }
    return listing(
        name + " (" + layout + ")",
        columns.stream().map(c -> c.atTarget() ? line(c, c.sink()) : ""));
  }

  /**
   * The same for the source of a case.
   *
   * @throws UnsupportedOperationException when the family is no source
   */
  default String sourceDefinition(String name, List<ColumnContract> columns) {
    if (features().stream().noneMatch(feature -> feature.role() == TypeMapping.Role.SOURCE)) {
      throw new UnsupportedOperationException(family() + " is no source.");
    }
    return listing(name, columns.stream().map(c -> c.atSource() ? line(c, c.source()) : ""));
  }

  private static String line(ColumnContract column, TypeMapping.Declaration declaration) {
    return "  %s %s\n".formatted(column.column().name(), declaration.nativeType());
  }

  private static String listing(String name, Stream<String> lines) {
    return lines.collect(Collectors.joining("", name + "\n", ""));
  }

  /** Real systems it can run on; mock_contract needs none. */
  default List<SystemProvider> providers() {
    return List.of();
  }

  /**
   * True when nobody has an engine of the family at hand: outside mock_contract its cases are then
   * skipped as documented contract only, unless a server is named. Of any other family it is an
   * error when a run of real systems has none.
   */
  default boolean documentedOnly() {
    return false;
  }

  /**
   * Connects to a system that is already there, in whatever run mode that has real systems. What
   * cases make there is theirs alone, and removed by them.
   *
   * @throws InvalidInputException when the family has no way to do so, or the address is not of its
   *     form
   * @throws SystemFailureException when nobody answers there, or refuses
   */
  default RunningSystem connect(ExternalEndpoint endpoint) {
    throw new InvalidInputException(
        "Family %s cannot be external: its connector connects to no system that is there already."
            .formatted(family()));
  }
}

package io.plumbline.matrix.fidelity;

import io.plumbline.matrix.connector.Connector;
import io.plumbline.matrix.connector.Feature;
import io.plumbline.matrix.connector.TypeMapping;
import io.plumbline.matrix.connector.TypeMapping.Declaration;
import io.plumbline.matrix.connector.TypeMapping.Role;
import io.plumbline.matrix.dataset.LogicalType;
import io.plumbline.matrix.registry.InvalidInputException;
import io.plumbline.matrix.registry.Matrix;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Where a value arrives, and the declarations on its way there.
 *
 * @param names what a file of vectors may call it
 * @param mappings of the systems on the way, in order
 */
record Place(List<String> names, List<TypeMapping> mappings) {

  /** What each declares, each for the type that the one before it hands on. */
  List<Declaration> way(LogicalType type) {
    List<Declaration> way = new ArrayList<>();
    LogicalType carried = type;
    for (TypeMapping mapping : mappings) {
      Declaration declaration = mapping.of(carried);
      way.add(declaration);
      carried = declaration.carried();
    }
    return way;
  }

  /** Every family by itself in each role that it plays, then every pair of the registry. */
  static List<Place> of(Matrix matrix, List<Connector> connectors) {
    List<Place> places = new ArrayList<>();
    for (Connector connector : connectors) {
      for (Role role : Role.values()) {
        if (connector.features().stream().map(Feature::role).anyMatch(role::equals)) {
          String family = connector.family().id();
          String inRole = family + " " + role.name().toLowerCase(Locale.ROOT);
          places.add(new Place(List.of(family, inRole), List.of(types(connector, role))));
        }
      }
    }
    matrix.cases().stream()
        .map(each -> each.id())
        .map(id -> new PairName(id.pair(), id.source().id(), id.sink().id()))
        .distinct()
        .forEach(
            pair ->
                places.add(
                    new Place(
                        List.of(pair.name()),
                        List.of(
                            types(required(connectors, pair.source()), Role.SOURCE),
                            types(required(connectors, pair.sink()), Role.SINK)))));
    return places;
  }

  private record PairName(String name, String source, String sink) {}

  private static TypeMapping types(Connector connector, Role role) {
    return role == Role.SOURCE ? connector.sourceTypes() : connector.sinkTypes();
  }

  private static Connector required(List<Connector> connectors, String family) {
    return connectors.stream()
        .filter(connector -> connector.family().id().equals(family))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidInputException(
                    "No connector of family '%s' is given.".formatted(family)));
  }
}

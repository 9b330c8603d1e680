package io.plumbline.matrix.defect;

import io.plumbline.matrix.connector.Connector;
import io.plumbline.matrix.connector.Feature;
import io.plumbline.matrix.connector.Fidelity;
import io.plumbline.matrix.connector.TypeMapping;
import io.plumbline.matrix.connector.TypeMapping.Declaration;
import io.plumbline.matrix.connector.TypeMapping.Role;
import io.plumbline.matrix.dataset.LogicalType;
import io.plumbline.matrix.dataset.ValueDomain;
import io.plumbline.matrix.oracle.FidelityRules;
import io.plumbline.matrix.registry.Family;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The seeded defect beside a declaration: the family's system loses more than it says, or less.
 *
 * @param declaration a line that is not EXACT
 */
record DeclaredLoss(Family family, Role role, Declaration declaration, Loss loss) {

  /**
   * The defects of everything that the connectors declare. A declaration that changes no value
   * (text that travels as itself, an integer in a wider column) cannot lose less, and one that is
   * UNSUPPORTED cannot lose more.
   */
  static List<DeclaredLoss> of(List<Connector> connectors) {
    List<DeclaredLoss> losses = new ArrayList<>();
    for (Connector connector : connectors) {
      for (Role role : Role.values()) {
        if (connector.features().stream().map(Feature::role).anyMatch(role::equals)) {
          TypeMapping types = role == Role.SOURCE ? connector.sourceTypes() : connector.sinkTypes();
          for (LogicalType type : LogicalType.values()) {
            for (Loss loss : Loss.values()) {
              DeclaredLoss each = new DeclaredLoss(connector.family(), role, types.of(type), loss);
              if (each.possible()) {
                losses.add(each);
              }
            }
          }
        }
      }
    }
    return List.copyOf(losses);
  }

  private boolean possible() {
    if (declaration.fidelity() instanceof Fidelity.Exact || !loss.possible(declaration)) {
      return false;
    }
    return ValueDomain.edges(declaration.type()).stream()
        .anyMatch(
            value -> !loss.of(declaration, value).equals(FidelityRules.apply(declaration, value)));
  }

  /** Its name, e.g. {@code mssql-sink-datetime64_9-loses-more}. */
  String id() {
    return "%s-%s-%s-loses-%s"
        .formatted(
            family, role.name().toLowerCase(Locale.ROOT), declaration.type().id(), loss.id());
  }

  /** What goes wrong, one sentence. */
  String description() {
    return "%s as %s loses %s of %s than %s."
        .formatted(
            family,
            role.name().toLowerCase(Locale.ROOT),
            loss.id(),
            declaration.type().id(),
            declaration.supported() ? declaration.fidelity().label() : "UNSUPPORTED");
  }
}

package io.plumbline.matrix.connector;

import io.plumbline.matrix.connector.TypeMapping.Declaration;
import io.plumbline.matrix.connector.TypeMapping.Role;
import io.plumbline.matrix.dataset.Column;
import io.plumbline.matrix.dataset.Dataset;
import io.plumbline.matrix.dataset.LogicalType;
import io.plumbline.matrix.dataset.Volume;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.regex.Pattern;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * What every connector must keep, whatever its family: roles and features that belong together,
 * declarations that are complete and can be carried out, definitions that name what is declared. An
 * idea of Trino's connector tests. A connector's own test asks for it in one line, with whatever
 * test framework it has:
 *
 * <pre>{@code assertThat(ConnectorContract.violations(new MyConnector())).isEmpty();}</pre>
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class ConnectorContract {

  /** Values of the first class are kept by the second ones. */
  private static final Map<Class<?>, Set<Class<?>>> WIDER =
      Map.of(
          Long.class, Set.of(Long.class, BigInteger.class, BigDecimal.class),
          BigInteger.class, Set.of(BigInteger.class, BigDecimal.class),
          BigDecimal.class, Set.of(BigDecimal.class),
          Float.class, Set.of(Double.class),
          String.class, Set.of(String.class),
          LocalDate.class, Set.of(LocalDateTime.class),
          LocalDateTime.class, Set.of(LocalDateTime.class));

  private static final int SHORTEST_REASON = 20;

  private final Connector connector;
  private final List<Column> columns =
      new Dataset(new Volume(1, BigDecimal.ZERO, BigDecimal.ZERO, 120, 1)).columns();
  private final List<String> violations = new ArrayList<>();

  private ConnectorContract(Connector connector) {
    this.connector = connector;
  }

  /** Everything that the connector does not keep, a sentence each; empty for a sound one. */
  public static List<String> violations(Connector connector) {
    ConnectorContract contract = new ConnectorContract(connector);
    contract.check();
    return List.copyOf(contract.violations);
  }

  private void check() {
    require(
        ServiceLoader.load(Connector.class).stream()
            .anyMatch(provider -> provider.type() == connector.getClass()),
        "%s is not found by ServiceLoader; name it in META-INF/services/%s.",
        connector.getClass().getName(),
        Connector.class.getName());
    Set<Role> played = EnumSet.noneOf(Role.class);
    connector.features().forEach(feature -> played.add(feature.role()));
    require(!played.isEmpty(), "%s declares no feature, so it plays no role.", connector.family());
    for (Role role : Role.values()) {
      if (played.contains(role)) {
        checkPlayed(role);
      } else {
        checkRefused(role);
      }
    }
  }

  private void checkPlayed(Role role) {
    Feature first = role == Role.SOURCE ? Feature.SNAPSHOT : Feature.REPLACE_ALL;
    require(
        connector.features().contains(first),
        "%s lacks the feature %s, which every first load needs.",
        named(role),
        first);
    TypeMapping types;
    try {
      types = types(role);
    } catch (RuntimeException e) {
      violations.add("%s has features but no types: %s".formatted(named(role), e.getMessage()));
      return;
    }
    for (LogicalType type : LogicalType.values()) {
      checkDeclaration(role, types.of(type));
    }
    columns.stream()
        .filter(column -> !column.wide())
        .forEach(
            column ->
                require(
                    types.of(column, column.type()).fidelity() instanceof Fidelity.Exact,
                    "%s declares %s as %s; the column %s needs it EXACT.",
                    named(role),
                    column.type().id(),
                    types.of(column, column.type()).fidelity().label(),
                    column.name()));
    if (role == Role.SINK) {
      require(
          types.of(LogicalType.LONG_TEXT).fidelity() instanceof Fidelity.Exact,
          "%s declares long_text as %s; what travels as text needs it EXACT.",
          named(role),
          types.of(LogicalType.LONG_TEXT).fidelity().label());
    }
    checkDefinitions(role, types);
  }

  private void checkDeclaration(Role role, Declaration declaration) {
    LogicalType type = declaration.type();
    Fidelity fidelity = declaration.fidelity();
    if (fidelity instanceof Fidelity.Unsupported unsupported) {
      require(
          unsupported.reason().endsWith(".") && unsupported.reason().length() > SHORTEST_REASON,
          "%s has no sentence that says why it does not support %s: '%s'.",
          named(role),
          type.id(),
          unsupported.reason());
    } else {
      require(
          !declaration.nativeType().isBlank(),
          "%s declares %s without a native type.",
          named(role),
          type.id());
    }
    require(
        possible(type, fidelity),
        "%s declares %s as %s, which is no conversion of its values.",
        named(role),
        type.id(),
        fidelity.label());
  }

  private static boolean possible(LogicalType type, Fidelity fidelity) {
    if (fidelity instanceof Fidelity.Widened widened) {
      LogicalType to = widened.to();
      return to != type
          && WIDER.getOrDefault(type.canonical(), Set.of()).contains(to.canonical())
          && to.fractionDigits() >= type.fractionDigits();
    }
    if (fidelity instanceof Fidelity.UnsignedZero unsigned) {
      return TextForm.FLOAT.fits(type)
          && (unsigned.to() == type || unsigned.to() == LogicalType.DOUBLE);
    }
    if (fidelity instanceof Fidelity.Rounded rounded) {
      return rounded.fractionDigits() >= 0 && rounded.fractionDigits() < type.fractionDigits();
    }
    if (fidelity instanceof Fidelity.Truncated truncated) {
      return truncated.fractionDigits() >= 0 && truncated.fractionDigits() < type.fractionDigits();
    }
    return !(fidelity instanceof Fidelity.AsText text) || text.form().fits(type);
  }

  private void checkDefinitions(Role role, TypeMapping types) {
    List<ColumnContract> contracts = ColumnContract.of(columns, types, types);
    if (role == Role.SOURCE) {
      checkDefinition("source table", connector.sourceDefinition("plumbline.t", contracts), types);
      return;
    }
    // The source hands on whatever the sink supports, so that only the sink decides.
    List<ColumnContract> asked =
        contracts.stream()
            .map(c -> new ColumnContract(c.column(), exact(c.column().type()), c.source()))
            .toList();
    for (TargetLayout layout : TargetLayout.values()) {
      checkDefinition(
          "target " + layout, connector.targetDefinition("plumbline.t", asked, layout), types);
    }
  }

  private static Declaration exact(LogicalType type) {
    return new Declaration(type, type.id(), new Fidelity.Exact());
  }

  private void checkDefinition(String what, String definition, TypeMapping types) {
    for (Column column : columns) {
      boolean named =
          Pattern.compile("(?<!\\w)" + Pattern.quote(column.name()) + "(?!\\w)")
              .matcher(definition)
              .find();
      boolean supported = types.of(column, column.type()).supported();
      require(
          named == supported,
          "The definition of %s's %s %s the column %s, which it %s.",
          connector.family(),
          what.toLowerCase(Locale.ROOT),
          named ? "has" : "lacks",
          column.name(),
          supported ? "supports" : "does not support");
    }
  }

  private void checkRefused(Role role) {
    String expected = "%s is no %s.".formatted(connector.family(), name(role));
    checkRefusal(role, "types", expected, () -> types(role));
    List<ColumnContract> contracts =
        columns.stream().map(c -> new ColumnContract(c, exact(c.type()), exact(c.type()))).toList();
    checkRefusal(
        role,
        "a definition",
        expected,
        () -> {
          if (role == Role.SOURCE) {
            connector.sourceDefinition("plumbline.t", contracts);
          } else {
            connector.targetDefinition("plumbline.t", contracts, TargetLayout.KEYED);
          }
        });
  }

  private void checkRefusal(Role role, String what, String expected, Runnable asked) {
    String without = "%s declares no feature of a %s".formatted(connector.family(), name(role));
    try {
      asked.run();
      violations.add(
          "%s, and yet gives %s; it must throw UnsupportedOperationException(\"%s\")."
              .formatted(without, what, expected));
    } catch (UnsupportedOperationException e) {
      require(
          expected.equals(e.getMessage()),
          "%s, and when asked for %s says '%s' instead of '%s'",
          without,
          what,
          e.getMessage(),
          expected);
    }
  }

  private TypeMapping types(Role role) {
    return role == Role.SOURCE ? connector.sourceTypes() : connector.sinkTypes();
  }

  private String named(Role role) {
    return connector.family() + " as " + name(role);
  }

  private static String name(Role role) {
    return role.name().toLowerCase(Locale.ROOT);
  }

  private void require(boolean kept, String sentence, @Nullable Object... arguments) {
    if (!kept) {
      violations.add(String.format(Locale.ROOT, sentence, arguments));
    }
  }
}

package io.plumbline.matrix.run;

import io.plumbline.matrix.connector.ExternalEndpoint;
import io.plumbline.matrix.registry.Family;
import io.plumbline.matrix.registry.InvalidInputException;
import io.plumbline.matrix.run.Settings.Origin;
import io.plumbline.matrix.run.Settings.Value;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What is said of one family's system: {@code matrix.system.postgres=external} takes the server
 * that {@code MATRIX_POSTGRES_URL}, {@code MATRIX_POSTGRES_USER} and {@code
 * MATRIX_POSTGRES_PASSWORD} name. Credentials come from the environment alone: a command line is
 * seen by everybody on the machine.
 */
final class FamilySettings {
  private static final String PROPERTY = Setting.PROPERTY_PREFIX + "system.";
  private static final String VARIABLE = Setting.VARIABLE_PREFIX + "SYSTEM_";
  private static final String EXTERNAL = "external";
  private static final Pattern OF_ENDPOINT =
      Pattern.compile(Setting.VARIABLE_PREFIX + "[A-Z][A-Z0-9]*_(URL|USER|PASSWORD)");

  private final Map<Family, Value> systems = new TreeMap<>();
  private final Map<String, String> environment;

  FamilySettings(
      Map<String, String> properties,
      Map<String, String> environment,
      Map<String, String> parameters) {
    this.environment = environment;
    // The strongest last.
    read(parameters, PROPERTY, Origin.CONFIGURATION_PARAMETER);
    read(environment, VARIABLE, Origin.ENVIRONMENT_VARIABLE);
    read(properties, PROPERTY, Origin.SYSTEM_PROPERTY);
  }

  static boolean hasProperty(String name) {
    return name.startsWith(PROPERTY);
  }

  static boolean hasVariable(String name) {
    return name.startsWith(VARIABLE) || OF_ENDPOINT.matcher(name).matches();
  }

  private void read(Map<String, String> given, String prefix, Origin origin) {
    given.forEach(
        (name, text) -> {
          if (name.startsWith(prefix)) {
            Family family = new Family(name.substring(prefix.length()).toLowerCase(Locale.ROOT));
            systems.put(family, new Value(PROPERTY + family, text.strip(), origin));
          }
        });
  }

  /** How it is said of a family that its system is there already. */
  static String external(Family family) {
    return PROPERTY + family + "=" + EXTERNAL;
  }

  /** What was said, in a fixed order. */
  Iterable<Value> values() {
    return systems.values();
  }

  /**
   * Where the families are that are external.
   *
   * @throws InvalidInputException when something else was said, or the address is missing
   */
  Map<Family, ExternalEndpoint> endpoints() {
    Map<Family, ExternalEndpoint> endpoints = new LinkedHashMap<>();
    systems.forEach(
        (family, value) -> {
          if (!value.text().equals(EXTERNAL)) {
            throw Settings.wrong(value, "'external', and leaving it out");
          }
          endpoints.put(
              family,
              new ExternalEndpoint(
                  variable(family, "URL", value),
                  environment.getOrDefault(name(family, "USER"), ""),
                  environment.getOrDefault(name(family, "PASSWORD"), "")));
        });
    return endpoints;
  }

  private String variable(Family family, String what, Value value) {
    String text = environment.getOrDefault(name(family, what), "").strip();
    if (text.isEmpty()) {
      throw Settings.wrong(
          value,
          "that with the system's address in the environment variable " + name(family, what));
    }
    return text;
  }

  private static String name(Family family, String what) {
    return Setting.VARIABLE_PREFIX + family.id().toUpperCase(Locale.ROOT) + "_" + what;
  }
}

package io.plumbline.matrix.run;

import io.plumbline.matrix.connector.ExternalEndpoint;
import io.plumbline.matrix.registry.CaseId;
import io.plumbline.matrix.registry.Family;
import io.plumbline.matrix.registry.Glob;
import io.plumbline.matrix.registry.InvalidInputException;
import io.plumbline.matrix.run.Settings.Origin;
import io.plumbline.matrix.run.Settings.Value;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What is said of one family's system: {@code matrix.system.postgres=external} takes the server
 * that {@code MATRIX_POSTGRES_URL}, {@code MATRIX_POSTGRES_USER} and {@code
 * MATRIX_POSTGRES_PASSWORD} name. Credentials come from the environment alone: a command line is
 * seen by everybody on the machine. {@code matrix.image.postgres} names what its container is
 * started from, {@code matrix.versions.postgres} on which versions of it its cases are repeated.
 */
final class FamilySettings {
  private static final String SYSTEM = "system";
  private static final String IMAGE = "image";
  private static final String VERSIONS = "versions";
  private static final List<String> KINDS = List.of(SYSTEM, IMAGE, VERSIONS);
  private static final String EXTERNAL = "external";
  private static final List<String> ENDPOINT = List.of("URL", "USER", "PASSWORD");
  private static final Pattern OF_ENDPOINT =
      Pattern.compile(
          Setting.VARIABLE_PREFIX + "[A-Z][A-Z0-9]*_(" + String.join("|", ENDPOINT) + ")");

  /** Without a tag it would be the latest one, which is another one tomorrow. */
  private static final Pattern IMAGE_NAME =
      Pattern.compile("[a-z0-9][\\w.:/-]*(:[\\w.-]{1,128}|@sha256:[0-9a-f]{64})");

  private final Map<String, Map<Family, Value>> said = new LinkedHashMap<>();
  private final Map<String, String> environment;

  FamilySettings(
      Map<String, String> properties,
      Map<String, String> environment,
      Map<String, String> parameters) {
    this.environment = environment;
    for (String kind : KINDS) {
      said.put(kind, new TreeMap<>());
      // The strongest last.
      read(kind, parameters, property(kind), Origin.CONFIGURATION_PARAMETER);
      read(kind, environment, variable(kind), Origin.ENVIRONMENT_VARIABLE);
      read(kind, properties, property(kind), Origin.SYSTEM_PROPERTY);
    }
  }

  private static String property(String kind) {
    return Setting.PROPERTY_PREFIX + kind + ".";
  }

  private static String variable(String kind) {
    return Setting.VARIABLE_PREFIX + kind.toUpperCase(Locale.ROOT) + "_";
  }

  /** The names of properties and parameters that say something of a family. */
  static Stream<String> properties() {
    return KINDS.stream().map(kind -> property(kind) + "<family>");
  }

  /** The names of environment variables that say something of a family. */
  static Stream<String> variables() {
    return Stream.concat(
        KINDS.stream().map(kind -> variable(kind) + "<FAMILY>"),
        ENDPOINT.stream().map(what -> Setting.VARIABLE_PREFIX + "<FAMILY>_" + what));
  }

  static boolean hasProperty(String name) {
    return KINDS.stream().anyMatch(kind -> name.startsWith(property(kind)));
  }

  static boolean hasVariable(String name) {
    return KINDS.stream().anyMatch(kind -> name.startsWith(variable(kind)))
        || OF_ENDPOINT.matcher(name).matches();
  }

  private void read(String kind, Map<String, String> given, String prefix, Origin origin) {
    given.forEach(
        (name, text) -> {
          if (name.startsWith(prefix)) {
            Family family = new Family(name.substring(prefix.length()).toLowerCase(Locale.ROOT));
            of(kind).put(family, new Value(property(kind) + family, text.strip(), origin));
          }
        });
  }

  private Map<Family, Value> of(String kind) {
    return said.getOrDefault(kind, Map.of());
  }

  /** How it is said of a family that its system is there already. */
  static String external(Family family) {
    return property(SYSTEM) + family + "=" + EXTERNAL;
  }

  /** How it is said of a family what its container is started from. */
  static String image(Family family, String image) {
    return property(IMAGE) + family + "=" + image;
  }

  /** What was said, in a fixed order. */
  List<Value> values() {
    return said.values().stream().flatMap(values -> values.values().stream()).toList();
  }

  /**
   * What the families' containers are started from, where that was said.
   *
   * @throws InvalidInputException when there is no container that it could be said of
   */
  Map<Family, String> images() {
    Map<Family, String> images = new LinkedHashMap<>();
    of(IMAGE)
        .forEach(
            (family, value) -> {
              if (of(SYSTEM).containsKey(family)) {
                throw Settings.conflict(
                    value,
                    "and with %s no container is started; leave one of the two out"
                        .formatted(external(family)));
              }
              if (!IMAGE_NAME.matcher(value.text()).matches()) {
                throw Settings.wrong(
                    value, "names of images with a tag or digest, e.g. registry:5000/postgres:16");
              }
              images.put(family, value.text());
            });
    return images;
  }

  /**
   * On which versions the families' cases are repeated, where that was said.
   *
   * @param caseIds cases that were named, which may be of versions; globs say nothing of them
   * @throws InvalidInputException when there is no container that it could be said of
   */
  Map<Family, List<String>> versions(Collection<String> caseIds) {
    Map<Family, Set<String>> versions = new TreeMap<>();
    of(VERSIONS).forEach((family, value) -> versions.put(family, versions(value)));
    caseIds.stream()
        .filter(text -> new Glob(text).literal())
        .map(CaseId::versionsOf)
        .forEach(
            named ->
                named.forEach(
                    (family, version) ->
                        versions.computeIfAbsent(family, f -> new LinkedHashSet<>()).add(version)));
    Map<Family, List<String>> all = new LinkedHashMap<>();
    versions.forEach(
        (family, told) -> {
          requireOneVersionNowhere(family, told);
          all.put(family, List.copyOf(told));
        });
    return all;
  }

  private static Set<String> versions(Value value) {
    List<String> items = Arrays.stream(value.text().split(",", -1)).map(String::strip).toList();
    Set<String> versions = new LinkedHashSet<>(items);
    if (versions.size() < items.size()
        || !items.stream().allMatch(item -> CaseId.VERSION.matcher(item).matches())) {
      throw Settings.wrong(
          value, "tags of its image that begin with a digit, each once, e.g. 15,16,17.5");
    }
    return versions;
  }

  /** A server that is there already, and an image by digest, are of one version. */
  private void requireOneVersionNowhere(Family family, Set<String> versions) {
    Value system = of(SYSTEM).get(family);
    Value image = of(IMAGE).get(family);
    Value other = image != null && image.text().contains("@") ? image : system;
    if (other != null) {
      throw Settings.conflict(
          other,
          "which is one version, and %s is to be repeated on %s; leave one of the two out"
              .formatted(family, String.join(",", versions)));
    }
  }

  /**
   * Where the families are that are external.
   *
   * @throws InvalidInputException when something else was said, or the address is missing
   */
  Map<Family, ExternalEndpoint> endpoints() {
    Map<Family, ExternalEndpoint> endpoints = new LinkedHashMap<>();
    of(SYSTEM)
        .forEach(
            (family, value) -> {
              if (!value.text().equals(EXTERNAL)) {
                throw Settings.conflict(
                    value, "allowed is 'external'; leave it out for one that the run starts");
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
      throw Settings.conflict(
          value,
          "and nothing says where that is; put the address into the environment variable "
              + name(family, what));
    }
    return text;
  }

  private static String name(Family family, String what) {
    return Setting.VARIABLE_PREFIX + family.id().toUpperCase(Locale.ROOT) + "_" + what;
  }
}

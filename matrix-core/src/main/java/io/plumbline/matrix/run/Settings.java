package io.plumbline.matrix.run;

import io.plumbline.matrix.dataset.Volume;
import io.plumbline.matrix.registry.Family;
import io.plumbline.matrix.registry.InvalidInputException;
import io.plumbline.matrix.registry.Matrix;
import io.plumbline.matrix.registry.RunMode;
import io.plumbline.matrix.registry.Selection;
import io.plumbline.matrix.registry.Shard;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * What a run was told: system property before environment variable before configuration parameter
 * before manifest before default.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class Settings {
  private static final Pattern SHORT_DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h)");
  private static final int MAX_PARALLELISM = 256;

  /** What decides what a run does and where it goes, whoever said it. */
  private static final Set<Setting> ALWAYS_SHOWN =
      EnumSet.of(Setting.RUN_MODE, Setting.ROWS, Setting.SEED, Setting.ARTIFACT_DIR);

  /** Where a value came from. */
  public enum Origin {
    SYSTEM_PROPERTY,
    ENVIRONMENT_VARIABLE,
    CONFIGURATION_PARAMETER,
    MANIFEST,
    DEFAULT;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  /**
   * A setting as it stands.
   *
   * @param property its name as a property
   * @param text as it was written
   */
  public record Value(String property, String text, Origin origin) {}

  private final Map<Setting, Value> values = new EnumMap<>(Setting.class);
  private final FamilySettings families;
  private final Path workingDirectory;
  private final Optional<Manifest> manifest;
  private final RunSettings runSettings;
  private final Selection selection;

  /**
   * Reads and checks everything.
   *
   * @param properties system properties; relative paths begin at {@code user.dir}
   * @param environment environment variables
   * @param parameters configuration parameters
   * @throws InvalidInputException when a name or a value is not allowed
   */
  public Settings(
      Map<String, String> properties,
      Map<String, String> environment,
      Map<String, String> parameters) {
    requireKnown(properties, "system property");
    requireKnownVariables(environment);
    requireKnown(parameters, "configuration parameter");
    this.families = new FamilySettings(properties, environment, parameters);
    this.workingDirectory = Path.of(properties.getOrDefault("user.dir", ""));
    Map<Setting, Value> told = told(properties, environment, parameters);
    this.manifest = Optional.ofNullable(told.get(Setting.MANIFEST)).map(this::manifest);
    Map<Setting, String> ofManifest = manifest.map(Manifest::settings).orElse(Map.of());
    for (Setting setting : Setting.values()) {
      Value value = told.get(setting);
      if (value == null && ofManifest.containsKey(setting)) {
        value = given(setting, ofManifest.get(setting), Origin.MANIFEST);
      }
      values.put(
          setting,
          value == null
              ? new Value(setting.property(), defaultText(setting), Origin.DEFAULT)
              : value);
    }
    manifest.ifPresent(m -> requireSameCase(m, value(Setting.CASE)));
    RunMode mode = parsed(Setting.RUN_MODE, RunMode::of);
    this.selection =
        new Selection(
            list(Setting.SOURCE),
            list(Setting.SINK),
            list(Setting.STRATEGY),
            list(Setting.CASE),
            casesFile(),
            parsed(Setting.SHARD, Shard::of));
    this.runSettings =
        new RunSettings(
            mode,
            volume(),
            artifactDirectory(),
            (int) whole(Setting.PARALLELISM, 1, MAX_PARALLELISM),
            duration(Setting.TIMEOUT_CASE),
            duration(Setting.TIMEOUT_PHASE),
            new SystemSettings(
                families.endpoints(),
                families.images(),
                versions(mode),
                missing(),
                duration(Setting.TIMEOUT_START)));
  }

  /** What the run is told, apart from its cases. */
  public RunSettings runSettings() {
    return runSettings;
  }

  /** The cases of a registry as the run has them: repeated on the versions that it was told. */
  public Matrix expand(Matrix registry) {
    return registry.withVersions(runSettings.systems().versions());
  }

  /** Whoever names a case of a version asks for that version, so that a rerun needs no more. */
  private Map<Family, List<String>> versions(RunMode mode) {
    List<String> named = new ArrayList<>(selection.cases());
    named.addAll(selection.casesFile());
    // A build tool that searches for tests does not know the mode; a run without one refuses them.
    boolean real = mode == RunMode.REAL_LOCAL || value(Setting.RUN_MODE).origin() == Origin.DEFAULT;
    Map<Family, List<String>> versions = families.versions(real ? named : List.of());
    return real ? versions : Map.of();
  }

  /** Which cases the run takes. */
  public Selection selection() {
    return selection;
  }

  /** The manifest of the one case the run takes; empty without one. */
  public Optional<Manifest> manifest() {
    return manifest;
  }

  /** Every setting, in a fixed order. */
  public List<Value> values() {
    return List.copyOf(values.values());
  }

  /**
   * What a reader of a run's output has to know: what somebody set, and always run mode, rows, seed
   * and artifact directory.
   */
  public List<Value> shown() {
    List<Value> shown = new ArrayList<>();
    values.forEach(
        (setting, value) -> {
          if (value.origin() != Origin.DEFAULT || ALWAYS_SHOWN.contains(setting)) {
            shown.add(value);
          }
        });
    families.values().forEach(shown::add);
    return shown;
  }

  /** The value of a setting. */
  public Value value(Setting setting) {
    Value value = values.get(setting);
    if (value == null) {
      throw new IllegalStateException(setting + " was not read");
    }
    return value;
  }

  /** What somebody said by a name of its own. */
  private static Map<Setting, Value> told(
      Map<String, String> properties,
      Map<String, String> environment,
      Map<String, String> parameters) {
    Map<Setting, Value> told = new EnumMap<>(Setting.class);
    for (Setting setting : Setting.values()) {
      String name = setting.property();
      if (properties.containsKey(name)) {
        told.put(setting, given(setting, properties.get(name), Origin.SYSTEM_PROPERTY));
      } else if (environment.containsKey(setting.variable())) {
        String text = environment.get(setting.variable());
        told.put(setting, given(setting, text, Origin.ENVIRONMENT_VARIABLE));
      } else if (parameters.containsKey(name)) {
        Value value = given(setting, parameters.get(name), Origin.CONFIGURATION_PARAMETER);
        if (setting == Setting.CHDB_LIB) {
          throw wrong(value, "a system property and an environment variable");
        }
        told.put(setting, value);
      }
    }
    return told;
  }

  private Manifest manifest(Value value) {
    try (InputStream yaml = Files.newInputStream(path(value, value.text()))) {
      return Manifest.read(value.text(), yaml);
    } catch (IOException e) {
      throw wrong(value, "a file that can be read, with the manifest of a case");
    }
  }

  private static void requireSameCase(Manifest manifest, Value value) {
    if (!value.text().equals(manifest.caseId())) {
      throw conflict(
          value,
          "and the manifest is that of %s; leave one of the two out".formatted(manifest.caseId()));
    }
  }

  /** The default; some follow the run mode, which is read before them. */
  private String defaultText(Setting setting) {
    return switch (setting) {
      case ARTIFACT_DIR ->
          setting.defaultText().replace("<run-mode>", value(Setting.RUN_MODE).text());
      case MISSING_SYSTEM ->
          SystemSettings.Missing.usual(parsed(Setting.RUN_MODE, RunMode::of)).id();
      default -> setting.defaultText();
    };
  }

  private SystemSettings.Missing missing() {
    Value value = value(Setting.MISSING_SYSTEM);
    return SystemSettings.Missing.of(value.text())
        .orElseThrow(() -> wrong(value, "error and skip"));
  }

  private static Value given(Setting setting, @Nullable String text, Origin origin) {
    Value value = new Value(setting.property(), text == null ? "" : text.strip(), origin);
    if (value.text().isEmpty()) {
      throw conflict(value, "and needs a value; leave it out for the default");
    }
    return value;
  }

  private static void requireKnown(Map<String, String> given, String kind) {
    for (String name : new TreeSet<>(given.keySet())) {
      if (name.startsWith(Setting.PROPERTY_PREFIX)
          && Setting.ofProperty(name).isEmpty()
          && !FamilySettings.hasProperty(name)) {
        throw unknown(kind, name, Setting::property, FamilySettings.properties());
      }
    }
  }

  private static void requireKnownVariables(Map<String, String> environment) {
    for (String name : new TreeSet<>(environment.keySet())) {
      if (name.startsWith(Setting.VARIABLE_PREFIX)
          && Setting.ofVariable(name).isEmpty()
          && !FamilySettings.hasVariable(name)) {
        throw unknown("environment variable", name, Setting::variable, FamilySettings.variables());
      }
    }
  }

  private static InvalidInputException unknown(
      String kind, String name, Function<Setting, String> naming, Stream<String> ofFamilies) {
    return new InvalidInputException(
        "Unknown %s '%s'; allowed are %s."
            .formatted(
                kind,
                name,
                Stream.concat(Arrays.stream(Setting.values()).map(naming), ofFamilies)
                    .collect(Collectors.joining(", "))));
  }

  private Volume volume() {
    return new Volume(
        whole(Setting.ROWS, 1, Volume.MAX_ROWS),
        ratio(Setting.CHANGE_RATIO),
        ratio(Setting.DELETE_RATIO),
        (int) whole(Setting.WIDE_COLUMNS, 0, Volume.DEFAULT.wideColumns()),
        whole(Setting.SEED, Long.MIN_VALUE, Long.MAX_VALUE));
  }

  private Path artifactDirectory() {
    Value value = value(Setting.ARTIFACT_DIR);
    return path(value, value.text());
  }

  private List<String> casesFile() {
    Value value = value(Setting.CASES_FILE);
    if (value.origin() == Origin.DEFAULT) {
      return List.of("*");
    }
    try {
      return Files.readAllLines(path(value, value.text())).stream()
          .map(String::strip)
          .filter(line -> !line.isEmpty() && !line.startsWith("#"))
          .toList();
    } catch (IOException e) {
      throw wrong(value, "a text file that can be read, with one case id or glob a line");
    }
  }

  private Path path(Value value, String text) {
    try {
      return workingDirectory.resolve(text).toAbsolutePath().normalize();
    } catch (InvalidPathException e) {
      throw wrong(value, "a path of this file system");
    }
  }

  private List<String> list(Setting setting) {
    Value value = value(setting);
    List<String> items =
        Arrays.stream(value.text().split(",", -1)).map(String::strip).distinct().toList();
    if (items.contains("")) {
      throw wrong(value, "a comma list without empty items");
    }
    return items;
  }

  private <T> T parsed(Setting setting, Function<String, T> parser) {
    Value value = value(setting);
    try {
      return parser.apply(value.text());
    } catch (InvalidInputException e) {
      throw new InvalidInputException(
          "%s (%s): %s".formatted(setting.property(), value.origin(), e.getMessage()), e);
    }
  }

  private long whole(Setting setting, long min, long max) {
    Value value = value(setting);
    try {
      long number = Long.parseLong(value.text());
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Told below, like a number out of range.
    }
    throw wrong(value, "whole numbers from %d to %d".formatted(min, max));
  }

  private BigDecimal ratio(Setting setting) {
    Value value = value(setting);
    // Plain digits only: an exponent could blow up a text of four characters to a gigabyte.
    if (value.text().matches("\\d{1,9}(\\.\\d{1,30})?")) {
      BigDecimal ratio = new BigDecimal(value.text());
      if (ratio.compareTo(BigDecimal.ONE) <= 0) {
        return ratio;
      }
    }
    throw wrong(value, "decimal numbers from 0 to 1, e.g. 0.20");
  }

  private Duration duration(Setting setting) {
    Value value = value(setting);
    Duration duration = durationOrZero(value.text());
    if (duration.isNegative() || duration.isZero()) {
      throw wrong(value, "durations above zero, e.g. 500ms, 90s, 5m, 1h or PT5M");
    }
    return duration;
  }

  private static Duration durationOrZero(String text) {
    Matcher matcher = SHORT_DURATION.matcher(text);
    if (matcher.matches()) {
      long amount = Long.parseLong(matcher.group(1));
      return switch (matcher.group(2)) {
        case "ms" -> Duration.ofMillis(amount);
        case "s" -> Duration.ofSeconds(amount);
        case "m" -> Duration.ofMinutes(amount);
        default -> Duration.ofHours(amount);
      };
    }
    try {
      return Duration.parse(text);
    } catch (DateTimeParseException e) {
      return Duration.ZERO;
    }
  }

  /** A value that another setting, or its own absence, contradicts. */
  static InvalidInputException conflict(Value value, String sentence) {
    return new InvalidInputException(
        "%s is '%s' (%s), %s.".formatted(value.property(), value.text(), value.origin(), sentence));
  }

  static InvalidInputException wrong(Value value, String allowed) {
    return new InvalidInputException(
        "%s is '%s' (%s); allowed are %s."
            .formatted(value.property(), value.text(), value.origin(), allowed));
  }
}

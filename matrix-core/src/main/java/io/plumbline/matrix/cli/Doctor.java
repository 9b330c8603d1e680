package io.plumbline.matrix.cli;

import io.plumbline.matrix.connector.Connector;
import io.plumbline.matrix.connector.EndpointProvider;
import io.plumbline.matrix.registry.Family;
import io.plumbline.matrix.registry.RunMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is installed, and which families can be had in which run mode. Nothing is started: what a
 * system needs beyond that, its own start says.
 */
final class Doctor {
  private static final List<String> MAVEN = List.of("mvn", "--version");
  private static final List<String> NPM = List.of("npm", "--version");
  private static final List<String> DOCKER =
      List.of("docker", "version", "--format", "{{.Server.Version}}");

  /** Build tools write colours even where nobody sees them. */
  private static final String COLOUR = "\u001B\\[[;\\d]*m";

  private final Machine machine;
  private final List<Connector> connectors;
  private final List<EndpointProvider> endpoints;
  private final Set<Family> external;
  private final StringBuilder text = new StringBuilder();

  /**
   * @param endpoints start what connectors do not start by themselves, in containers
   * @param external families whose system is there already, as the settings say
   */
  Doctor(
      Machine machine,
      List<Connector> connectors,
      List<EndpointProvider> endpoints,
      Set<Family> external) {
    this.machine = machine;
    this.connectors = connectors;
    this.endpoints = endpoints;
    this.external = external;
  }

  /** One screen. */
  String report() {
    Optional<String> docker = machine.answer().apply(DOCKER);
    line("Java", machine.property("java.version") + ", " + machine.property("java.home"));
    line("Maven", answer(MAVEN));
    line("NPM", answer(NPM));
    line(
        "Docker",
        docker
            .map(version -> "engine " + version)
            .orElse("not found: there is no command docker, or it reaches no engine"));
    line(
        "machine",
        "%s %s, %d cores, %s of memory"
            .formatted(
                machine.property("os.name"),
                machine.property("os.arch"),
                machine.cores(),
                gigabytes(OptionalLong.of(machine.memory()))));
    for (String folder : List.of("user.dir", "java.io.tmpdir")) {
      Path path = Path.of(machine.property(folder));
      line("disk", "%s free in %s".formatted(gigabytes(machine.free().apply(path)), path));
    }
    line("cache", "%s: %s".formatted(machine.cache().folder(), cached()));
    text.append('\n');
    for (RunMode mode : RunMode.values()) {
      families(mode, docker.isPresent());
    }
    return text.toString();
  }

  private void families(RunMode mode, boolean docker) {
    Map<String, Set<Family>> had = new TreeMap<>();
    for (Connector connector : connectors) {
      had.computeIfAbsent(how(connector, mode, docker), h -> new TreeSet<>())
          .add(connector.family());
    }
    String name = mode.id();
    if (had.isEmpty()) {
      line(name, "no connector is on the class path");
    }
    for (Map.Entry<String, Set<Family>> each : had.entrySet()) {
      line(name, each.getKey() + ": " + joined(each.getValue()));
      name = "";
    }
  }

  private String how(Connector connector, RunMode mode, boolean docker) {
    if (mode == RunMode.MOCK_CONTRACT) {
      return "in memory";
    }
    if (external.contains(connector.family())) {
      return "external, a server of yours";
    }
    if (connector.providers().stream().anyMatch(provider -> provider.serves(mode))) {
      return "started by the run";
    }
    boolean container =
        mode == RunMode.REAL_LOCAL
            && endpoints.stream().anyMatch(e -> e.families().contains(connector.family()));
    if (!container) {
      return "without an engine of this mode";
    }
    return docker ? "in a container" : "missing, for want of a Docker engine";
  }

  private String cached() {
    List<String> names = new ArrayList<>();
    try (Stream<Path> files = Files.list(machine.cache().folder())) {
      files.map(file -> file.getFileName().toString()).sorted().forEach(names::add);
    } catch (IOException e) {
      return "nothing";
    }
    return names.isEmpty() ? "nothing" : joined(names);
  }

  private String answer(List<String> command) {
    return machine
        .answer()
        .apply(command)
        .map(line -> line.replaceAll(COLOUR, ""))
        .orElse("not found");
  }

  private void line(String name, String what) {
    text.append(String.format(Locale.ROOT, "%-14s %s\n", name, what));
  }

  private static String joined(Collection<?> items) {
    return items.stream().map(String::valueOf).collect(Collectors.joining(", "));
  }

  private static String gigabytes(OptionalLong bytes) {
    return bytes.isPresent()
        ? String.format(Locale.ROOT, "%.1f GB", bytes.getAsLong() / 1e9)
        : "an unknown part";
  }
}

package io.plumbline.matrix.registry;

import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apiguardian.api.API;

/**
 * The registry: the axes, and every cell of the cube they span, in the order source, sink,
 * strategy.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class Matrix {
  /** The class-path resource of the canonical registry. */
  public static final String CANONICAL = "io/plumbline/matrix/cases/matrix.yaml";

  /**
   * Refuses the cells whose three coordinates it names.
   *
   * @param path where it stands in the file
   */
  record Rule(
      String path,
      Set<Family> sources,
      Set<Family> sinks,
      Set<Strategy> strategies,
      MatrixCase.Rejected rejection) {
    boolean hits(CaseId id) {
      return sources.contains(id.source())
          && sinks.contains(id.sink())
          && strategies.contains(id.strategy());
    }
  }

  private final Optional<String> guides;
  private final List<Family> sources;
  private final List<Family> sinks;
  private final List<Strategy> strategies;
  private final Map<String, MatrixCase> cases = new LinkedHashMap<>();

  Matrix(
      Optional<String> guides,
      Collection<Family> sources,
      Collection<Family> sinks,
      Collection<Strategy> strategies,
      List<Rule> rules) {
    this.guides = guides;
    this.sources = List.copyOf(sources);
    this.sinks = List.copyOf(sinks);
    this.strategies = List.copyOf(strategies);
    for (Family source : this.sources) {
      for (Family sink : this.sinks) {
        for (Strategy strategy : this.strategies) {
          CaseId id = new CaseId(source, sink, strategy);
          cases.put(id.toString(), new MatrixCase(id, supportOf(id, rules)));
        }
      }
    }
  }

  private Matrix(Matrix axes, List<MatrixCase> cases) {
    this.guides = axes.guides;
    this.sources = axes.sources;
    this.sinks = axes.sinks;
    this.strategies = axes.strategies;
    cases.forEach(each -> this.cases.put(each.id().toString(), each));
  }

  /**
   * The same matrix with the supported cells of some families repeated per version; two such
   * families give every combination. What is refused touches no system and stays as it is.
   */
  public Matrix withVersions(Map<Family, List<String>> versions) {
    return new Matrix(
        this,
        cases.values().stream()
            .flatMap(
                each ->
                    each.supported()
                        ? onVersions(each.id(), versions)
                            .map(id -> new MatrixCase(id, each.support()))
                        : Stream.of(each))
            .toList());
  }

  private static Stream<CaseId> onVersions(CaseId id, Map<Family, List<String>> versions) {
    List<CaseId> ids = List.of(id);
    for (Family family : new LinkedHashSet<>(List.of(id.source(), id.sink()))) {
      List<String> told = versions.getOrDefault(family, List.of());
      if (!told.isEmpty()) {
        ids = ids.stream().flatMap(each -> told.stream().map(v -> each.with(family, v))).toList();
      }
    }
    return ids.stream();
  }

  private static MatrixCase.Support supportOf(CaseId id, List<Rule> rules) {
    for (Rule rule : rules) {
      if (rule.hits(id)) {
        return rule.rejection();
      }
    }
    return new MatrixCase.Supported();
  }

  /**
   * Reads a registry.
   *
   * @param name the file's name, for messages
   * @param yaml its content
   * @throws InvalidInputException when it is not a valid registry; the message names file, path,
   *     value and what is allowed
   */
  public static Matrix read(String name, InputStream yaml) {
    return RegistryFile.parse(name, yaml);
  }

  /**
   * Reads a registry that is a class-path resource.
   *
   * @throws InvalidInputException when there is none, or it is not valid
   */
  public static Matrix ofClassPath(String resource) {
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    try (InputStream yaml = loader.getResourceAsStream(resource)) {
      if (yaml == null) {
        throw new InvalidInputException(
            "The registry '%s' is not on the class path; allowed are class-path resources, e.g. %s of plumbline-matrix-cases."
                .formatted(resource, CANONICAL));
      }
      return read(resource, yaml);
    } catch (IOException e) {
      throw new InvalidInputException(
          "The registry '%s' cannot be read; allowed are class-path resources.".formatted(resource),
          e);
    }
  }

  /**
   * The folder of the guides, one {@code <source>-to-<sink>.md} per pair, relative to where a run
   * is started; empty when the registry promises none.
   */
  public Optional<String> guides() {
    return guides;
  }

  /** The source families, in file order. */
  public List<Family> sources() {
    return sources;
  }

  /** The sink families, in file order. */
  public List<Family> sinks() {
    return sinks;
  }

  /** The strategies, in file order. */
  public List<Strategy> strategies() {
    return strategies;
  }

  /** Every cell, in registry order. */
  public List<MatrixCase> cases() {
    return List.copyOf(cases.values());
  }

  /** The cells that must work. */
  public List<MatrixCase> supported() {
    return cases.values().stream().filter(MatrixCase::supported).toList();
  }

  /** The cells that must be refused. */
  public List<MatrixCase> rejections() {
    return cases.values().stream().filter(c -> !c.supported()).toList();
  }

  /** The cell of a case id. */
  public Optional<MatrixCase> find(String caseId) {
    return Optional.ofNullable(cases.get(caseId));
  }
}

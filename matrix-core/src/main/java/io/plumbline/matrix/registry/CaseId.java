package io.plumbline.matrix.registry;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apiguardian.api.API;

/**
 * The identity of a cell, written {@code <source>_to_<sink>__<strategy>}; it never changes. A cell
 * that is repeated per version has {@code @<family>-<version>} behind it, e.g. {@code
 * postgres_to_mssql__xmin@postgres-16}.
 *
 * @param versions of the families that are repeated per version; empty for the cell as such
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public record CaseId(Family source, Family sink, Strategy strategy, Map<Family, String> versions) {

  /** What a version looks like; no comma, because lists of cases split there. */
  public static final Pattern VERSION = Pattern.compile("[0-9][A-Za-z0-9_.-]{0,31}");

  private static final Pattern SUFFIX =
      Pattern.compile("@([a-z][a-z0-9]{0,30})-(" + VERSION + ")(?=@|$)");

  /** Keeps an unmodifiable copy. */
  public CaseId {
    versions = Map.copyOf(versions);
  }

  /** A cell as such. */
  public CaseId(Family source, Family sink, Strategy strategy) {
    this(source, sink, strategy, Map.of());
  }

  /** The same cell on a version of one of its families. */
  public CaseId with(Family family, String version) {
    Map<Family, String> all = new HashMap<>(versions);
    all.put(family, version);
    return new CaseId(source, sink, strategy, all);
  }

  /** The cell as such. */
  public CaseId base() {
    return new CaseId(source, sink, strategy);
  }

  /** The version of a family; empty when it is whichever the run has. */
  public Optional<String> version(Family family) {
    return Optional.ofNullable(versions.get(family));
  }

  /** The versions that a written id names. */
  public static Map<Family, String> versionsOf(String caseId) {
    return SUFFIX
        .matcher(caseId)
        .results()
        .collect(Collectors.toMap(s -> new Family(s.group(1)), s -> s.group(2), (a, b) -> b));
  }

  /** The pair's name, e.g. {@code postgres_to_mssql}. */
  public String pair() {
    return source + "_to_" + sink;
  }

  /** What is behind the cell's own name, e.g. {@code postgres-16}, in the order source, sink. */
  public Stream<String> suffixes() {
    return Stream.of(source, sink)
        .distinct()
        .flatMap(family -> version(family).stream().map(version -> family + "-" + version));
  }

  @Override
  public String toString() {
    return pair() + "__" + strategy + suffixes().map(s -> "@" + s).collect(Collectors.joining());
  }
}

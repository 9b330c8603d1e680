package io.plumbline.matrix.registry;

import java.util.List;
import java.util.stream.Collectors;
import org.apiguardian.api.API;

/**
 * Which cases a run takes. Within a list any entry may fit; all lists must fit; the shard is taken
 * from what is left. {@code *} stands for everything.
 *
 * @param sources source families
 * @param sinks sink families
 * @param strategies strategies
 * @param cases case ids and globs
 * @param casesFile case ids and globs that were read from a file
 * @param shard which part of the cases
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public record Selection(
    List<String> sources,
    List<String> sinks,
    List<String> strategies,
    List<String> cases,
    List<String> casesFile,
    Shard shard) {
  private static final List<String> EVERYTHING = List.of("*");

  /** Keeps unmodifiable copies. */
  public Selection {
    sources = List.copyOf(sources);
    sinks = List.copyOf(sinks);
    strategies = List.copyOf(strategies);
    cases = List.copyOf(cases);
    casesFile = List.copyOf(casesFile);
  }

  /** Every case. */
  public static Selection all() {
    return new Selection(EVERYTHING, EVERYTHING, EVERYTHING, EVERYTHING, EVERYTHING, Shard.WHOLE);
  }

  /**
   * The selected cases, in registry order; judged against the whole registry.
   *
   * @throws InvalidInputException when a name is unknown or nothing is selected
   */
  public List<MatrixCase> select(Matrix matrix) {
    requireKnown("source", sources, matrix.sources());
    requireKnown("sink", sinks, matrix.sinks());
    requireKnown("strategy", strategies, matrix.strategies());
    List<Glob> globs = globs(matrix, cases);
    List<Glob> fileGlobs = globs(matrix, casesFile);
    List<MatrixCase> fitting =
        matrix.cases().stream()
            .filter(c -> fits(sources, c.id().source()))
            .filter(c -> fits(sinks, c.id().sink()))
            .filter(c -> fits(strategies, c.id().strategy()))
            .filter(c -> fits(globs, c.id()))
            .filter(c -> fits(fileGlobs, c.id()))
            .toList();
    List<MatrixCase> selected = shard.of(fitting);
    if (selected.isEmpty()) {
      throw new InvalidInputException(
          "The selection %s leaves none of the %d cases; allowed is any that leaves at least one."
              .formatted(describe(), matrix.cases().size()));
    }
    return selected;
  }

  /** The lists that narrow the selection, e.g. {@code source=api, shard=2/4}. */
  private String describe() {
    StringBuilder text = new StringBuilder();
    append(text, "source", sources);
    append(text, "sink", sinks);
    append(text, "strategy", strategies);
    append(text, "case", cases);
    append(text, "cases-file", casesFile);
    append(text, "shard", shard.equals(Shard.WHOLE) ? EVERYTHING : List.of(shard.toString()));
    return text.toString();
  }

  private static void append(StringBuilder text, String name, List<String> values) {
    if (!values.equals(EVERYTHING)) {
      text.append(text.isEmpty() ? "" : ", ").append(name).append('=');
      text.append(values.isEmpty() ? "(empty)" : String.join(",", values));
    }
  }

  private static boolean fits(List<String> names, Object value) {
    return names.contains("*") || names.contains(value.toString());
  }

  private static boolean fits(List<Glob> globs, CaseId id) {
    return globs.stream().anyMatch(g -> g.matches(id));
  }

  private static void requireKnown(String name, List<String> values, List<?> axis) {
    List<String> known = axis.stream().map(String::valueOf).toList();
    for (String value : values) {
      if (!value.equals("*") && !known.contains(value)) {
        throw new InvalidInputException(
            "Unknown %s '%s'; allowed are %s, or * for all."
                .formatted(name, value, String.join(", ", known)));
      }
    }
  }

  private static List<Glob> globs(Matrix matrix, List<String> texts) {
    List<Glob> globs = texts.stream().map(Glob::new).toList();
    for (Glob glob : globs) {
      if (matrix.cases().stream().noneMatch(c -> glob.matches(c.id()))) {
        throw new InvalidInputException(
            "%s '%s'; allowed are <source>_to_<sink>__<strategy> with source %s; sink %s; strategy %s; and globs of these with * and ?."
                .formatted(
                    glob.literal() ? "Unknown case" : "No case matches",
                    glob,
                    joined(matrix.sources()),
                    joined(matrix.sinks()),
                    joined(matrix.strategies())));
      }
    }
    return globs;
  }

  private static String joined(List<?> axis) {
    return axis.stream().map(String::valueOf).collect(Collectors.joining(", "));
  }
}

package io.plumbline.matrix.artifact;

import io.plumbline.matrix.oracle.Verdict;
import io.plumbline.matrix.registry.CaseId;
import io.plumbline.matrix.registry.InvalidInputException;
import io.plumbline.matrix.registry.Matrix;
import io.plumbline.matrix.registry.MatrixCase;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apiguardian.api.API;

/**
 * The runs of shards as one run, in which every case was reported exactly once. What it says is
 * counted from the results, and claims no more than they do.
 */
@API(status = API.Status.INTERNAL, since = "0.1.0")
public final class MergedRun {
  private static final int SHOWN = 5;

  private final List<ShardRun> shards;
  private final List<ShardRun.Result> results;

  private MergedRun(List<ShardRun> shards, List<ShardRun.Result> results) {
    this.shards = shards;
    this.results = results;
  }

  /**
   * Reads the shards.
   *
   * @param selected the cases of all shards together
   * @param directories the artifact directories of the shards
   * @throws InvalidInputException when they do not prove that every case was reported exactly once,
   *     in runs of the same settings
   */
  public static MergedRun of(Matrix matrix, List<MatrixCase> selected, List<Path> directories) {
    if (directories.isEmpty()) {
      throw new InvalidInputException(
          "0 shards were named; allowed are the artifact directories of one or more.");
    }
    List<ShardRun> shards = directories.stream().map(d -> ShardRun.read(d, matrix)).toList();
    shards.forEach(shard -> requireSameSettings(shards.get(0), shard));
    Map<CaseId, ShardRun.Result> reported = new HashMap<>();
    for (ShardRun shard : shards) {
      for (ShardRun.Result result : shard.results()) {
        if (reported.put(result.id(), result) != null) {
          throw new InvalidInputException(
              "Case '%s' was reported twice, the second time in '%s'; allowed is once in all shards."
                  .formatted(result.id(), shard.directory()));
        }
      }
    }
    List<CaseId> wanted = selected.stream().map(MatrixCase::id).toList();
    requireNone("were not reported", wanted, reported.keySet(), wanted.size());
    requireNone("were reported and not selected", reported.keySet(), wanted, wanted.size());
    return new MergedRun(shards, wanted.stream().map(reported::get).toList());
  }

  private static void requireNone(
      String what, Collection<CaseId> cases, Collection<CaseId> others, int wanted) {
    Set<CaseId> left = new LinkedHashSet<>(cases);
    left.removeAll(others);
    if (!left.isEmpty()) {
      throw new InvalidInputException(
          "%d cases %s (%s%s); allowed are shards that together reported each of the %d selected cases once."
              .formatted(
                  left.size(),
                  what,
                  left.stream()
                      .limit(SHOWN)
                      .map(CaseId::toString)
                      .collect(Collectors.joining(", ")),
                  left.size() > SHOWN ? ", …" : "",
                  wanted));
    }
  }

  private static void requireSameSettings(ShardRun one, ShardRun other) {
    Map<String, Function<Summary, Object>> settings =
        Map.of(
            "run mode", Summary::runMode,
            "seed", Summary::seed,
            "volume", Summary::volume,
            "versions", summary -> String.valueOf(summary.versions()),
            "mover", summary -> String.valueOf(summary.mover()));
    settings.forEach(
        (name, of) -> {
          Object first = of.apply(one.summary());
          Object second = of.apply(other.summary());
          if (!first.equals(second)) {
            throw new InvalidInputException(
                "The %s of '%s' is %s and that of '%s' is %s; allowed are shards of one run, which have the same."
                    .formatted(name, one.directory(), first, other.directory(), second));
          }
        });
  }

  /** True when no case failed or stayed unknown. */
  public boolean green() {
    return results.stream().noneMatch(result -> result.verdict().red());
  }

  /** What came out, in a sentence. */
  public String sentence() {
    return "%d shards, %d of %d cases, each reported once: %s"
        .formatted(
            shards.size(),
            results.size(),
            summary().registry().cells(),
            summary().verdicts().entrySet().stream()
                .map(verdict -> verdict.getValue() + " " + verdict.getKey())
                .collect(Collectors.joining(", ")));
  }

  /**
   * Writes it as a run writes itself; the files of a case stay where its shard left them.
   *
   * @throws InvalidInputException when the folder cannot be used, or is that of a shard
   */
  public void write(Path folder) {
    Path root = folder.toAbsolutePath().normalize();
    for (ShardRun shard : shards) {
      if (shard.directory().toAbsolutePath().normalize().equals(root)) {
        throw new InvalidInputException(
            "The merged run cannot be written to '%s', which is a shard's; allowed is another folder."
                .formatted(folder));
      }
    }
    ArtifactDirectory directory = ArtifactDirectory.open(root, new Redaction(List.of()));
    results.forEach(result -> directory.append(result.line()));
    directory.text("selected.txt", ids(results.stream()));
    directory.text("failed.txt", ids(results.stream().filter(r -> r.verdict().red())));
    List<SummaryMarkdown.Ended> ended = results.stream().map(MergedRun::ended).toList();
    directory.escaped("summary.md", SummaryMarkdown.of(summary(), ended, directory.redaction()));
    directory.json("summary.json", summary());
    directory.index();
  }

  private static String ids(Stream<ShardRun.Result> results) {
    return results.map(result -> result.id() + "\n").collect(Collectors.joining());
  }

  private static SummaryMarkdown.Ended ended(ShardRun.Result result) {
    ResultLine line = result.line();
    return new SummaryMarkdown.Ended(
        result.id(), result.verdict(), "%s\nrerun: %s".formatted(line.reason(), line.rerun()));
  }

  private Summary summary() {
    Summary first = shards.get(0).summary();
    Map<String, Integer> verdicts = Summary.noVerdicts();
    Map<String, Integer> evidence = Summary.noEvidence();
    for (ShardRun.Result result : results) {
      verdicts.merge(result.verdict().name(), 1, Integer::sum);
      if (result.evidence() != null) {
        evidence.merge(result.evidence().id(), 1, Integer::sum);
      }
    }
    return new Summary(
        Summary.SCHEMA,
        first.runMode(),
        first.seed(),
        first.volume(),
        first.registry(),
        results.size(),
        verdicts,
        Summary.Skipped.of(
            results.stream()
                .filter(result -> result.verdict() == Verdict.SKIPPED)
                .map(result -> result.line().reason())),
        new Summary.Sums(sum(ResultLine::cellsMoved), sum(ResultLine::cellsVerified)),
        new Summary.Sums(sum(ResultLine::rowsMoved), sum(ResultLine::rowsVerified)),
        shards.stream().mapToLong(shard -> shard.summary().wallMillis()).max().orElse(0),
        evidence,
        systems(),
        first.versions(),
        first.mover(),
        null,
        shards.size());
  }

  /** Each that differs; two versions of one product are two. */
  private List<CaseDocument.SystemLine> systems() {
    return shards.stream()
        .flatMap(shard -> shard.summary().systems().stream())
        .distinct()
        .sorted(
            Comparator.comparing(CaseDocument.SystemLine::family)
                .thenComparing(CaseDocument.SystemLine::version)
                .thenComparing(system -> Objects.toString(system.image())))
        .toList();
  }

  private long sum(ToLongFunction<ResultLine> count) {
    return results.stream().map(ShardRun.Result::line).mapToLong(count).sum();
  }
}

package io.plumbline.matrix.artifact;

import com.fasterxml.jackson.databind.ObjectReader;
import io.plumbline.matrix.connector.EvidenceLevel;
import io.plumbline.matrix.oracle.Verdict;
import io.plumbline.matrix.registry.CaseId;
import io.plumbline.matrix.registry.Family;
import io.plumbline.matrix.registry.Matrix;
import io.plumbline.matrix.registry.MatrixCase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The run of a part of the cases, as it lies in its artifact directory.
 *
 * @param directory where it lies, for messages
 */
record ShardRun(Path directory, Summary summary, List<Result> results) {
  private static final String SUMMARY = "summary.json";

  /**
   * A line of its results, with what it names.
   *
   * @param evidence what it claims; null when it claims nothing
   */
  record Result(CaseId id, Verdict verdict, @Nullable EvidenceLevel evidence, ResultLine line) {}

  /**
   * Reads and checks it.
   *
   * @throws io.plumbline.matrix.registry.InvalidInputException when it is not that of a run of this
   *     registry that ended
   */
  static ShardRun read(Path directory, Matrix matrix) {
    Map<String, byte[]> files =
        ArtifactDirectory.finished(directory, Set.of(SUMMARY, ArtifactDirectory.RESULTS));
    Summary summary;
    List<Result> results = new ArrayList<>();
    try {
      summary = Json.reader().readValue(files.get(SUMMARY), Summary.class);
      ObjectReader lines = Json.reader().readerFor(ResultLine.class);
      String text =
          new String(
              Objects.requireNonNull(files.get(ArtifactDirectory.RESULTS)), StandardCharsets.UTF_8);
      for (String line : text.lines().toList()) {
        results.add(result(directory, matrix, lines.readValue(line)));
      }
    } catch (IOException e) {
      throw ArtifactDirectory.unfinished(
          directory, "summary.json or results.jsonl is not what a run writes");
    }
    ShardRun shard = new ShardRun(directory, summary, List.copyOf(results));
    shard.require(
        Objects.equals(summary.schema(), Summary.SCHEMA), "its summary is of another kind");
    shard.require(summary.interrupted() == null, "it was interrupted");
    shard.require(
        summary.registry().equals(Summary.RegistryLine.of(matrix)), "it is of another registry");
    shard.requireWhatTheSummarySays();
    results.forEach(shard::requireNoMoreThanItsSystems);
    return shard;
  }

  private static Result result(Path directory, Matrix matrix, ResultLine line) {
    CaseId id =
        matrix
            .find(line.caseId())
            .map(MatrixCase::id)
            .orElseThrow(
                () ->
                    ArtifactDirectory.unfinished(
                        directory,
                        "it has case '%s', which the registry does not".formatted(line.caseId())));
    Verdict verdict =
        Arrays.stream(Verdict.values())
            .filter(v -> v.name().equals(line.verdict()))
            .findFirst()
            .orElseThrow(
                () ->
                    ArtifactDirectory.unfinished(
                        directory, "%s has verdict '%s'".formatted(id, line.verdict())));
    String claim = line.evidence();
    return new Result(id, verdict, claim == null ? null : level(directory, claim), line);
  }

  private static EvidenceLevel level(Path directory, String name) {
    return Arrays.stream(EvidenceLevel.values())
        .filter(level -> level.id().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                ArtifactDirectory.unfinished(
                    directory, "there is no evidence level '%s'".formatted(name)));
  }

  private void requireWhatTheSummarySays() {
    Map<String, Integer> counted = Summary.noVerdicts();
    results.forEach(result -> counted.merge(result.verdict().name(), 1, Integer::sum));
    require(
        counted.equals(summary.verdicts()),
        "its summary has %s and its results are %s".formatted(summary.verdicts(), counted));
  }

  /** A case is worth what the weaker of its systems is worth. */
  private void requireNoMoreThanItsSystems(Result result) {
    EvidenceLevel claim = result.evidence();
    if (claim != null) {
      for (Family family : List.of(result.id().source(), result.id().sink())) {
        require(
            summary.systems().stream()
                .filter(system -> system.family().equals(family.id()))
                .anyMatch(system -> level(directory, system.level()).compareTo(claim) >= 0),
            "%s claims evidence '%s', which its %s was not"
                .formatted(result.id(), claim.id(), family));
      }
    }
  }

  private void require(boolean holds, String otherwise) {
    if (!holds) {
      throw ArtifactDirectory.unfinished(directory, otherwise);
    }
  }
}

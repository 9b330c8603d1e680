package io.plumbline.matrix.artifact;

import io.plumbline.matrix.connector.SystemInfo;
import io.plumbline.matrix.registry.CaseId;
import io.plumbline.matrix.registry.Matrix;
import io.plumbline.matrix.registry.MatrixCase;
import io.plumbline.matrix.run.CaseResult;
import io.plumbline.matrix.run.Manifest;
import io.plumbline.matrix.run.RerunLine;
import io.plumbline.matrix.run.RunSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apiguardian.api.API;

/** Everything that a run leaves. Thread-safe. */
@API(status = API.Status.INTERNAL, since = "0.1.0")
public final class RunArtifacts {
  private final RunSettings settings;
  private final Matrix matrix;
  private final RerunLine rerun;
  private final ArtifactDirectory directory;
  private final Map<CaseId, String> selected = new LinkedHashMap<>();
  private final Map<CaseId, Reported> reported = new LinkedHashMap<>();

  /**
   * Opens the artifact directory of the settings; what an earlier run left there is removed.
   *
   * @throws io.plumbline.matrix.registry.InvalidInputException when it cannot be used
   */
  public RunArtifacts(RunSettings settings, Matrix matrix, RerunLine rerun, Redaction redaction) {
    this.settings = settings;
    this.matrix = matrix;
    this.rerun = rerun;
    this.directory = ArtifactDirectory.open(settings.artifactDirectory(), redaction);
  }

  /** Cases that have to be reported, and the suite class each stands in. */
  public synchronized void select(Map<CaseId, String> suites) {
    selected.putAll(suites);
    directory.text("selected.txt", lines(selected()));
    writeFailed();
  }

  /** Cases that have to be reported, in registry order. */
  public synchronized List<CaseId> selected() {
    return inRegistryOrder(selected);
  }

  /** Results so far, in registry order; a case that was run again counts once. */
  public synchronized List<Reported> reported() {
    return inRegistryOrder(reported).stream().map(reported::get).toList();
  }

  /** Cases that have to be reported and were not. */
  public synchronized List<CaseId> missing() {
    return selected().stream().filter(id -> !reported.containsKey(id)).toList();
  }

  /**
   * A case ended: writes its files and its line.
   *
   * @return the files
   */
  public List<Path> report(Reported each) {
    CaseResult result = each.result();
    String folder = result.matrixCase().id() + "/";
    List<Path> files = new ArrayList<>();
    Manifest manifest = Manifest.of(result.matrixCase(), settings);
    files.add(directory.text(folder + "manifest.yaml", manifest.yaml()));
    files.add(directory.json(folder + "case.json", CaseDocument.of(result, settings)));
    files.add(directory.json(folder + "behavior.json", BehaviorDocument.of(result, rerun)));
    files.add(directory.json(folder + "timing.json", TimingDocument.of(result, each.wall())));
    result
        .difference()
        .map(d -> DiffDocument.of(result.matrixCase().id(), d))
        .ifPresent(d -> files.add(directory.json(folder + "diff.json", d)));
    synchronized (this) {
      directory.append(ResultLine.of(each, rerun));
      reported.put(result.matrixCase().id(), each);
      writeFailed();
    }
    return files;
  }

  /** Keeps a thread dump beside a case's files. */
  public Path threadDump(CaseId id, String dump) {
    return directory.text(id + "/thread-dump.txt", dump);
  }

  /**
   * Writes what sums the run up; may be called again when more cases were run.
   *
   * @param systems what the run started
   * @param mover the class of the mover; empty when it is the reference mover
   * @param wall how long it has taken so far
   * @param interrupted true when it did not come to its end
   */
  public synchronized void finish(
      List<SystemInfo> systems, Optional<String> mover, Duration wall, boolean interrupted) {
    List<Reported> results = reported();
    Summary summary =
        Summary.of(settings, matrix, selected.size(), results, systems, mover, wall, interrupted);
    writeXml();
    List<SummaryMarkdown.Ended> ended =
        results.stream().map(r -> SummaryMarkdown.Ended.of(r, rerun)).toList();
    directory.escaped("summary.md", SummaryMarkdown.of(summary, ended, directory.redaction()));
    directory.json("summary.json", summary);
    directory.json("fidelity.json", FidelityDocument.of(results));
    directory.index();
  }

  private void writeXml() {
    Map<String, List<JunitXml.Testcase>> bySuite = new TreeMap<>();
    for (CaseId id : selected()) {
      bySuite
          .computeIfAbsent(selected.getOrDefault(id, ""), s -> new ArrayList<>())
          .add(new JunitXml.Testcase(id, Optional.ofNullable(reported.get(id))));
    }
    bySuite.forEach(
        (suite, testcases) ->
            directory.escaped(
                "junit/TEST-" + suite + ".xml",
                JunitXml.of(suite, testcases, rerun, directory.redaction())));
  }

  /** After every case, because a JVM that is killed writes nothing more. */
  private void writeFailed() {
    directory.text("failed.txt", lines(failed()));
  }

  /** What did not succeed, and what never ended: exactly what a rerun has to take. */
  private List<CaseId> failed() {
    return selected().stream()
        .filter(
            id ->
                Optional.ofNullable(reported.get(id))
                    .map(r -> r.result().verdict().red())
                    .orElse(true))
        .toList();
  }

  private List<CaseId> inRegistryOrder(Map<CaseId, ?> byId) {
    return matrix.cases().stream().map(MatrixCase::id).filter(byId::containsKey).toList();
  }

  private static String lines(List<CaseId> ids) {
    StringBuilder text = new StringBuilder();
    ids.forEach(id -> text.append(id).append('\n'));
    return text.toString();
  }
}

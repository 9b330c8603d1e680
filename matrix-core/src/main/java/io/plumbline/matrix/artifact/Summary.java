package io.plumbline.matrix.artifact;

import io.plumbline.matrix.connector.EvidenceLevel;
import io.plumbline.matrix.connector.SystemInfo;
import io.plumbline.matrix.dataset.Volume;
import io.plumbline.matrix.oracle.Verdict;
import io.plumbline.matrix.registry.Matrix;
import io.plumbline.matrix.run.CaseResult;
import io.plumbline.matrix.run.RunSettings;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * {@code summary.json}. Counts are sums of what the cases measured.
 *
 * @param skipped why cases were not run; empty when all were
 * @param versions on which versions cases were repeated, per family; not there when on none
 * @param mover the class of the mover; not there when it is the reference mover
 * @param interrupted true when the run did not come to its end; else not there
 * @param shards how many runs it was merged from; not there when it was one
 */
record Summary(
    String schema,
    String runMode,
    long seed,
    VolumeLine volume,
    RegistryLine registry,
    int selected,
    Map<String, Integer> verdicts,
    List<Skipped> skipped,
    Sums cells,
    Sums rows,
    long wallMillis,
    Map<String, Integer> evidence,
    List<CaseDocument.SystemLine> systems,
    @Nullable Map<String, List<String>> versions,
    @Nullable String mover,
    @Nullable Boolean interrupted,
    @Nullable Integer shards) {
  static final String SCHEMA = "plumbline.matrix.summary/1";

  /** Refuses one that lacks what every summary has. */
  Summary {
    Stream.of(schema, runMode, volume, registry, verdicts, skipped, cells, rows, evidence, systems)
        .forEach(Objects::requireNonNull);
  }

  /** The documented volume. */
  record VolumeLine(long rows, BigDecimal changeRatio, BigDecimal deleteRatio, int wideColumns) {}

  /** Size of the registry in cells. */
  record RegistryLine(int cells, int supported, int rejections) {
    static RegistryLine of(Matrix matrix) {
      return new RegistryLine(
          matrix.cases().size(), matrix.supported().size(), matrix.rejections().size());
    }
  }

  /** A reason, and how many cases it cost; no key of a map, because texts alone are redacted. */
  record Skipped(String reason, int cases) {
    /** The reasons in the order of their texts. */
    static List<Skipped> of(Stream<String> reasons) {
      Map<String, Integer> cases = new TreeMap<>();
      reasons.forEach(reason -> cases.merge(reason, 1, Integer::sum));
      return cases.entrySet().stream().map(e -> new Skipped(e.getKey(), e.getValue())).toList();
    }
  }

  /** What was moved and what was verified. */
  record Sums(long moved, long verified) {}

  static Summary of(
      RunSettings settings,
      Matrix matrix,
      int selected,
      Collection<Reported> reported,
      List<SystemInfo> systems,
      Optional<String> mover,
      Duration wall,
      boolean interrupted) {
    Volume volume = settings.volume();
    Map<String, Integer> verdicts = noVerdicts();
    Map<String, Integer> evidence = noEvidence();
    for (Reported each : reported) {
      verdicts.merge(each.result().verdict().name(), 1, Integer::sum);
      each.result().contract().ifPresent(c -> evidence.merge(c.level().id(), 1, Integer::sum));
    }
    return new Summary(
        SCHEMA,
        settings.mode().id(),
        volume.seed(),
        new VolumeLine(
            volume.rows(), volume.changeRatio(), volume.deleteRatio(), volume.wideColumns()),
        RegistryLine.of(matrix),
        selected,
        verdicts,
        Skipped.of(
            reported.stream()
                .map(Reported::result)
                .filter(result -> result.verdict() == Verdict.SKIPPED)
                .map(CaseResult::reason)),
        new Sums(sum(reported, "cells_moved"), sum(reported, "cells_verified")),
        new Sums(sum(reported, "rows_moved"), sum(reported, "rows_verified")),
        wall.toMillis(),
        evidence,
        systems.stream()
            .sorted(Comparator.comparing(SystemInfo::family).thenComparing(SystemInfo::version))
            .map(CaseDocument.SystemLine::of)
            .toList(),
        versions(settings),
        mover.orElse(null),
        interrupted ? true : null,
        null);
  }

  private static @Nullable Map<String, List<String>> versions(RunSettings settings) {
    Map<String, List<String>> versions = new TreeMap<>();
    settings.systems().versions().forEach((family, told) -> versions.put(family.id(), told));
    return versions.isEmpty() ? null : versions;
  }

  /** Zero of each verdict. */
  static Map<String, Integer> noVerdicts() {
    return zeros(Arrays.stream(Verdict.values()).map(Verdict::name));
  }

  /** Zero of each level. */
  static Map<String, Integer> noEvidence() {
    return zeros(Arrays.stream(EvidenceLevel.values()).map(EvidenceLevel::id));
  }

  private static Map<String, Integer> zeros(Stream<String> names) {
    Map<String, Integer> zeros = new LinkedHashMap<>();
    names.forEach(name -> zeros.put(name, 0));
    return zeros;
  }

  private static long sum(Collection<Reported> reported, String count) {
    return reported.stream().mapToLong(r -> r.result().count(count)).sum();
  }
}

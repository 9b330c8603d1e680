package io.plumbline.matrix.engine;

import io.plumbline.matrix.artifact.FailureMessage;
import io.plumbline.matrix.artifact.Outcome;
import io.plumbline.matrix.artifact.Redaction;
import io.plumbline.matrix.artifact.Reported;
import io.plumbline.matrix.connector.SystemInfo;
import io.plumbline.matrix.oracle.Verdict;
import io.plumbline.matrix.registry.CaseId;
import io.plumbline.matrix.run.Progress;
import io.plumbline.matrix.run.RerunLine;
import io.plumbline.matrix.run.Settings;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a run prints: whole lines, one write each, because cases end in parallel. */
final class Console implements Progress {
  private static final int SLOWEST = 10;

  private final PrintStream out;
  private final Redaction redaction;

  Console(PrintStream out, Redaction redaction) {
    this.out = out;
    this.redaction = redaction;
  }

  void begin(Plan plan, int cases) {
    StringBuilder text =
        new StringBuilder(
            "Plumbline: %d of %d cases\n".formatted(cases, plan.matrix().cases().size()));
    List<Settings.Value> shown = plan.settings().shown();
    int width = shown.stream().mapToInt(v -> v.text().length()).max().orElse(1);
    for (Settings.Value value : shown) {
      text.append(
          ("  %-21s  %-" + width + "s  %s\n")
              .formatted(value.property(), value.text(), value.origin()));
    }
    print(text);
  }

  void note(String sentence) {
    print(new StringBuilder(sentence).append('\n'));
  }

  @Override
  public void note(CaseId id, String text) {
    note("  ... " + id + ": " + text);
  }

  @Override
  public void ready(SystemInfo system, Duration took) {
    note(
        String.format(
            Locale.ROOT,
            "%-10s  %s %s  %s%s  ready in %.1f s",
            system.family(),
            system.product(),
            system.version(),
            system.level().id(),
            system.image().map(image -> "  " + image).orElse(""),
            took.toNanos() / 1e9));
  }

  void ended(int number, int cases, Reported reported) {
    int width = Integer.toString(cases).length();
    String line =
        String.format(
            Locale.ROOT,
            "[%" + (width + 1) + "d/%d] %s %s %.2f s",
            number,
            cases,
            reported.result().verdict(),
            reported.result().matrixCase().id(),
            reported.wall().toNanos() / 1e9);
    note(
        Outcome.of(reported.result()) == Outcome.SUCCESS
            ? line
            : line + ": " + reported.result().reason());
  }

  void end(
      List<Reported> all,
      List<CaseId> missing,
      RerunLine rerun,
      Duration wall,
      Path artifacts,
      boolean interrupted) {
    StringBuilder text = new StringBuilder();
    if (interrupted) {
      text.append("Plumbline: the run was interrupted.\n");
    }
    text.append(
        String.format(Locale.ROOT, "Plumbline: %s in %.1f s\n", totals(all), wall.toNanos() / 1e9));
    text.append(
        String.format(
            Locale.ROOT,
            "  moved    %,15d rows %,18d cells\n  verified %,15d rows %,18d cells\n",
            sum(all, "rows_moved"),
            sum(all, "cells_moved"),
            sum(all, "rows_verified"),
            sum(all, "cells_verified")));
    text.append("  slowest:\n");
    all.stream()
        .sorted(Comparator.comparing(Reported::wall).reversed())
        .limit(SLOWEST)
        .forEach(r -> slow(text, r));
    all.stream()
        .filter(reported -> reported.result().verdict().red())
        .forEach(r -> failure(text, r, rerun));
    for (CaseId id : missing) {
      text.append("NOT RUN ").append(id).append("\n  rerun: ").append(rerun.of(id)).append('\n');
    }
    skipped(all, text);
    text.append("  artifacts: ").append(artifacts).append('\n');
    print(text);
  }

  private static void slow(StringBuilder text, Reported reported) {
    text.append(
        String.format(
            Locale.ROOT,
            "    %7.2f s  %s\n",
            reported.wall().toNanos() / 1e9,
            reported.result().matrixCase().id()));
  }

  /** What was not run, and how many cases that cost. */
  private static void skipped(List<Reported> all, StringBuilder text) {
    Map<String, Long> cases =
        all.stream()
            .filter(r -> r.result().verdict() == Verdict.SKIPPED)
            .collect(
                Collectors.groupingBy(
                    r -> r.result().reason(), TreeMap::new, Collectors.counting()));
    cases.forEach(
        (reason, count) ->
            text.append("  SKIPPED %d of %d cases: %s\n".formatted(count, all.size(), reason)));
  }

  private static void failure(StringBuilder text, Reported reported, RerunLine rerun) {
    text.append(reported.result().verdict()).append(' ');
    text.append(reported.result().matrixCase().id()).append(": ");
    text.append(FailureMessage.of(reported.result(), rerun).replace("\n", "\n  ")).append('\n');
  }

  private static String totals(List<Reported> all) {
    return Arrays.stream(Verdict.values())
        .map(v -> all.stream().filter(r -> r.result().verdict() == v).count() + " " + v)
        .collect(Collectors.joining(", "));
  }

  private static long sum(List<Reported> all, String count) {
    return all.stream().mapToLong(r -> r.result().count(count)).sum();
  }

  private void print(StringBuilder text) {
    out.print(redaction.apply(text.toString()));
    out.flush();
  }
}

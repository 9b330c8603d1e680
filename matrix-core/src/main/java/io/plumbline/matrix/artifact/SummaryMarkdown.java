package io.plumbline.matrix.artifact;

import io.plumbline.matrix.oracle.Verdict;
import io.plumbline.matrix.registry.Strategy;
import io.plumbline.matrix.run.RerunLine;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** {@code summary.md}: the summary for people. */
final class SummaryMarkdown {
  private final StringBuilder text = new StringBuilder();

  private final Redaction redaction;

  private SummaryMarkdown(Redaction redaction) {
    this.redaction = redaction;
  }

  static String of(
      Summary summary, Collection<Reported> reported, RerunLine rerun, Redaction redaction) {
    SummaryMarkdown markdown = new SummaryMarkdown(redaction);
    markdown.totals(summary);
    markdown.strategies(reported);
    markdown.failures(reported, rerun);
    return markdown.text.toString();
  }

  private void totals(Summary summary) {
    text.append("# Integration matrix, ").append(summary.runMode()).append("\n\n");
    if (summary.interrupted() != null) {
      text.append("**The run was interrupted; what follows is what ended before.**\n\n");
    }
    text.append(
        String.format(
            Locale.ROOT,
            "%d of %d cases selected, seed %d, %,d rows, %.1f s.%n%n".replace("%n", "\n"),
            summary.selected(),
            summary.registry().cells(),
            summary.seed(),
            summary.volume().rows(),
            summary.wallMillis() / 1000.0));
    text.append("| | moved | verified |\n|---|---:|---:|\n");
    sums("rows", summary.rows());
    sums("cells", summary.cells());
    text.append("\n| family | product | version | level |\n|---|---|---|---|\n");
    for (CaseDocument.SystemLine system : summary.systems()) {
      row(system.family(), system.product(), system.version(), system.level());
    }
  }

  private void sums(String name, Summary.Sums sums) {
    text.append(
        String.format(Locale.ROOT, "| %s | %,d | %,d |\n", name, sums.moved(), sums.verified()));
  }

  private void strategies(Collection<Reported> reported) {
    Map<Strategy, Map<Verdict, Integer>> counts = new TreeMap<>();
    for (Reported each : reported) {
      counts
          .computeIfAbsent(each.result().matrixCase().id().strategy(), s -> new TreeMap<>())
          .merge(each.result().verdict(), 1, Integer::sum);
    }
    text.append("\n| strategy |");
    for (Verdict verdict : Verdict.values()) {
      text.append(' ').append(verdict).append(" |");
    }
    text.append("\n|---|").append("---:|".repeat(Verdict.values().length)).append('\n');
    counts.forEach(
        (strategy, byVerdict) -> {
          text.append("| ").append(strategy).append(" |");
          for (Verdict verdict : Verdict.values()) {
            text.append(' ').append(byVerdict.getOrDefault(verdict, 0)).append(" |");
          }
          text.append('\n');
        });
  }

  private void failures(Collection<Reported> reported, RerunLine rerun) {
    for (Reported each : reported) {
      Outcome outcome = Outcome.of(each.result());
      if (outcome == Outcome.FAILURE || outcome == Outcome.ERROR) {
        text.append("\n## ").append(each.result().verdict()).append(' ');
        text.append(each.result().matrixCase().id()).append("\n\n```\n");
        text.append(redaction.apply(FailureMessage.of(each.result(), rerun))).append("\n```\n");
      }
    }
  }

  private void row(String... cells) {
    for (String cell : cells) {
      text.append("| ")
          .append(redaction.apply(cell).replace("|", "\\|").replace("\n", " "))
          .append(' ');
    }
    text.append("|\n");
  }
}

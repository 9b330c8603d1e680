package io.plumbline.matrix.artifact;

import io.plumbline.matrix.oracle.Verdict;
import io.plumbline.matrix.registry.CaseId;
import io.plumbline.matrix.registry.Strategy;
import io.plumbline.matrix.run.CaseResult;
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

  /**
   * A case that was reported.
   *
   * @param failure what is said of it when it did not succeed
   */
  record Ended(CaseId id, Verdict verdict, String failure) {
    static Ended of(Reported reported, RerunLine rerun) {
      CaseResult result = reported.result();
      return new Ended(
          result.matrixCase().id(),
          result.verdict(),
          result.verdict().red() ? FailureMessage.of(result, rerun) : "");
    }
  }

  static String of(Summary summary, Collection<Ended> ended, Redaction redaction) {
    SummaryMarkdown markdown = new SummaryMarkdown(redaction);
    markdown.totals(summary);
    markdown.strategies(ended);
    markdown.skipped(summary);
    markdown.failures(ended);
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

  private void strategies(Collection<Ended> ended) {
    Map<Strategy, Map<Verdict, Integer>> counts = new TreeMap<>();
    for (Ended each : ended) {
      counts
          .computeIfAbsent(each.id().strategy(), s -> new TreeMap<>())
          .merge(each.verdict(), 1, Integer::sum);
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

  private void skipped(Summary summary) {
    if (!summary.skipped().isEmpty()) {
      text.append("\n| skipped, because | cases |\n|---|---:|\n");
      summary.skipped().forEach(each -> row(each.reason(), Integer.toString(each.cases())));
    }
  }

  private void failures(Collection<Ended> ended) {
    for (Ended each : ended) {
      if (each.verdict().red()) {
        text.append("\n## ").append(each.verdict()).append(' ').append(each.id());
        text.append("\n\n```\n").append(redaction.apply(each.failure())).append("\n```\n");
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

package io.plumbline.matrix.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.plumbline.matrix.registry.InvalidInputException;
import io.plumbline.matrix.registry.Matrix;
import io.plumbline.matrix.registry.MatrixCase;
import io.plumbline.matrix.registry.Strategy;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists cases; the filters are those of a run. */
@Command(
    name = "list",
    description = "Lists the cases of the matrix and what is expected of each.",
    mixinStandardHelpOptions = true)
final class ListCommand implements Callable<Integer> {
  /** How the list is written. */
  enum Format {
    TABLE,
    JSON
  }

  @Spec private @Nullable CommandSpec spec;

  @Mixin private final SelectionOptions options;

  @Option(names = "--shard", description = "a part of the cases, e.g. 2/4")
  private @Nullable String shard;

  @Option(names = "--format", description = "table or json", defaultValue = "table")
  private String format = "table";

  ListCommand(SelectionOptions options) {
    this.options = options;
  }

  @Override
  public Integer call() {
    Format wanted = parsedFormat();
    Matrix matrix = options.matrix();
    List<MatrixCase> selected = options.select(matrix, Optional.ofNullable(shard));
    if (spec != null) {
      PrintWriter out = spec.commandLine().getOut();
      out.print(wanted == Format.JSON ? json(selected) : table(selected, matrix));
      out.flush();
    }
    return 0;
  }

  private Format parsedFormat() {
    return switch (format) {
      case "table" -> Format.TABLE;
      case "json" -> Format.JSON;
      default ->
          throw new InvalidInputException(
              "Unknown format '%s'; allowed are table, json.".formatted(format));
    };
  }

  private static String table(List<MatrixCase> cases, Matrix matrix) {
    StringBuilder text = new StringBuilder();
    row(text, "CASE", "SOURCE", "SINK", "STRATEGY", "EXPECTED");
    for (MatrixCase each : cases) {
      row(
          text,
          each.id().toString(),
          each.id().source().id(),
          each.id().sink().id(),
          each.id().strategy().id(),
          each.support() instanceof MatrixCase.Rejected rejected
              ? "rejected: " + rejected.code()
              : "supported");
    }
    return text.append(
            "%d of %d cases: %d supported, %d rejected\n"
                .formatted(
                    cases.size(),
                    matrix.cases().size(),
                    cases.stream().filter(MatrixCase::supported).count(),
                    cases.stream().filter(c -> !c.supported()).count()))
        .toString();
  }

  private static void row(
      StringBuilder text, String id, String source, String sink, String strategy, String expected) {
    text.append(
        String.format(
            Locale.ROOT, "%-46s %-10s %-10s %-18s %s\n", id, source, sink, strategy, expected));
  }

  private static String json(List<MatrixCase> cases) {
    try {
      return new JsonMapper()
              .writerWithDefaultPrettyPrinter()
              .writeValueAsString(Map.of("cases", cases.stream().map(ListCommand::entry).toList()))
          + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts and lists can be written", e);
    }
  }

  private static Map<String, Object> entry(MatrixCase each) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("case", each.id().toString());
    entry.put("source", each.id().source().id());
    entry.put("sink", each.id().sink().id());
    entry.put("strategy", each.id().strategy().id());
    entry.put("supported", each.supported());
    if (each.support() instanceof MatrixCase.Rejected rejected) {
      entry.put("code", rejected.code());
      entry.put("reason", rejected.reason());
      entry.put("instead", rejected.instead().stream().map(Strategy::id).toList());
    }
    return entry;
  }
}

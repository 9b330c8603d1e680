package io.plumbline.matrix.fidelity;

import io.plumbline.matrix.connector.ColumnContract;
import io.plumbline.matrix.connector.Fidelity;
import io.plumbline.matrix.connector.TypeMapping.Declaration;
import io.plumbline.matrix.dataset.LogicalType;
import io.plumbline.matrix.dataset.ValueDomain;
import io.plumbline.matrix.oracle.FidelityRules;
import io.plumbline.matrix.registry.Family;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apiguardian.api.API;

/**
 * What a pair does to the values of every logical type.
 *
 * @param source the source's family
 * @param sink the sink's family
 * @param lines by type; a type has several where its columns are declared differently
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public record FidelityTable(Family source, Family sink, List<Line> lines) {
  private static final int LONGEST_EXAMPLE = 40;

  /** Keeps an unmodifiable copy. */
  public FidelityTable {
    lines = List.copyOf(lines);
  }

  /**
   * Columns of a type that are declared alike.
   *
   * @param source what the source promises of the type
   * @param sink what the sink promises of the type that the source hands on
   * @param columns their names
   */
  public record Line(LogicalType type, Declaration source, Declaration sink, List<String> columns) {
    /** Keeps an unmodifiable copy. */
    public Line {
      columns = List.copyOf(columns);
    }

    /** The logical type that is read back from the target; empty where there is no column. */
    public Optional<LogicalType> arriving() {
      return source.supported() && sink.supported()
          ? Optional.of(sink.carried())
          : Optional.empty();
    }

    /** True when every value arrives as it was, with its type. */
    public boolean exact() {
      return source.fidelity() instanceof Fidelity.Exact
          && sink.fidelity() instanceof Fidelity.Exact;
    }

    private String arrives() {
      if (exact()) {
        return "the same";
      }
      Optional<LogicalType> arriving = arriving();
      if (arriving.isEmpty()) {
        return "no column";
      }
      List<Example> examples = examples(arriving.get());
      String as = arriving.get() == type ? "" : "as " + arriving.get().id() + ", ";
      return as
          + examples.stream()
              .filter(example -> !example.before().equals(example.after()))
              .findFirst()
              .map(example -> "`" + example.before() + "` → `" + example.after() + "`")
              .or(
                  () ->
                      examples.stream()
                          .max(Comparator.comparingInt(example -> example.after().length()))
                          .map(example -> "like `" + example.after() + "`"))
              .orElse("the same");
    }

    /** What becomes of those edge vectors that can be shown in a cell. */
    private List<Example> examples(LogicalType arriving) {
      List<Example> examples = new ArrayList<>();
      for (Object value : ValueDomain.edges(type)) {
        Object image =
            Objects.requireNonNull(
                FidelityRules.apply(
                    sink, Objects.requireNonNull(FidelityRules.apply(source, value))));
        Example example =
            new Example(CanonicalText.of(type, value), CanonicalText.of(arriving, image));
        if (example.printable()) {
          examples.add(example);
        }
      }
      return examples;
    }
  }

  /** A value in its canonical text, before and after. */
  private record Example(String before, String after) {
    boolean printable() {
      String both = before + after;
      return !after.isEmpty()
          && after.length() <= LONGEST_EXAMPLE
          && before.length() <= LONGEST_EXAMPLE
          && both.chars().allMatch(c -> c >= ' ' && c < 0x7F && c != '`');
    }
  }

  /** The table of a pair with these contracts. */
  public static FidelityTable of(Family source, Family sink, List<ColumnContract> contracts) {
    Map<Line, List<String>> columns = new LinkedHashMap<>();
    for (ColumnContract contract : contracts) {
      Line line = new Line(contract.column().type(), contract.source(), contract.sink(), List.of());
      columns.computeIfAbsent(line, l -> new ArrayList<>()).add(contract.column().name());
    }
    return new FidelityTable(
        source,
        sink,
        columns.entrySet().stream()
            .map(
                e ->
                    new Line(
                        e.getKey().type(), e.getKey().source(), e.getKey().sink(), e.getValue()))
            .sorted(Comparator.comparing(Line::type))
            .toList());
  }

  /** The name of its page, without folder. */
  public String fileName() {
    return source + "-to-" + sink + ".md";
  }

  /** How many columns arrive as they are, change, or are missing; one sentence. */
  public String summary() {
    long exact = count(line -> line.exact());
    long absent = count(line -> line.arriving().isEmpty());
    long all = count(line -> true);
    return "Of %d columns %d arrive as they are, %d in another form and %d not at all."
        .formatted(all, exact, all - exact - absent, absent);
  }

  private long count(java.util.function.Predicate<Line> condition) {
    return lines.stream().filter(condition).mapToLong(line -> line.columns().size()).sum();
  }

  /**
   * The page of the pair.
   *
   * @param update the command that renders it again
   */
  public String toMarkdown(String update) {
    StringBuilder page = new StringBuilder("# Fidelity: ");
    page.append(source).append(" to ").append(sink).append("\n\n");
    page.append(
        "What becomes of the values of every logical type, by the declarations of both connectors. ");
    page.append(summary());
    page.append(" The words are explained in [types](../types.md).\n\n");
    page.append("Rendered by `").append(update).append("`.\n\n");
    page.append("| type | in ").append(source).append(" | source | in ").append(sink);
    page.append(" | sink | what arrives | columns |\n|---|---|---|---|---|---|---|\n");
    for (Line line : lines) {
      page.append(
          "| %s | %s | %s | %s | %s | %s | %s |\n"
              .formatted(
                  line.type().id(),
                  code(line.source().nativeType()),
                  cell(line.source().fidelity().label()),
                  line.source().supported() ? code(line.sink().nativeType()) : "",
                  line.source().supported() ? cell(line.sink().fidelity().label()) : "",
                  cell(line.arrives()),
                  line.columns().stream().collect(Collectors.joining(", "))));
    }
    return page.toString();
  }

  private static String code(String text) {
    return text.isEmpty() ? "" : "`" + cell(text) + "`";
  }

  /** A bar would end the cell, even in code. */
  private static String cell(String text) {
    return text.replace("|", "\\|");
  }
}

package io.plumbline.matrix.cases;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.matrix.connector.Fidelity;
import io.plumbline.matrix.fidelity.FidelityTable;
import io.plumbline.matrix.registry.Matrix;
import io.plumbline.matrix.run.Manifest;
import io.plumbline.matrix.run.RunSettings;
import io.plumbline.matrix.run.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Keeps what the guides say of types what the declarations say, and shows the manifest of the case
 * that each names; the rest is written by hand.
 */
class GuidesTest {
  private static final Path FOLDER = Path.of("..", "docs", "source-sink");
  private static final String UPDATE =
      "mvn -q test -pl matrix-cases -am -Dtest=GuidesTest -Dsurefire.failIfNoSpecifiedTests=false -Dplumbline.docs.update=true";
  private static final Pattern TYPES = block("types");
  private static final Pattern MANIFEST = block("manifest");

  /** The page's own example of a case. */
  private static final Pattern CASE = Pattern.compile("-Dmatrix\\.case=(\\w+)");

  private static final RunSettings DEFAULTS =
      new Settings(Map.of(), Map.of(), Map.of()).runSettings();

  private final Matrix matrix = Matrix.ofClassPath(Matrix.CANONICAL);

  @Test
  void everyPairHasAGuideWhoseTypesAreTheDeclaredOnes() throws IOException {
    Map<String, String> guides = new TreeMap<>();
    guides.put("README.md", Files.readString(FOLDER.resolve("README.md")));
    for (FidelityTable table : new Families().tables(matrix)) {
      String guide = Files.readString(FOLDER.resolve(table.fileName()));
      guides.put(
          table.fileName(),
          replaced(replaced(guide, TYPES, types(table)), MANIFEST, manifest(caseOf(guide, table))));
    }
    assertThat(guides).hasSize(31);
    new RenderedFiles(FOLDER, Boolean.getBoolean("plumbline.docs.update"), UPDATE).check(guides);
  }

  private static Pattern block(String name) {
    return Pattern.compile("<!-- %s -->\n.*?<!-- end -->\n".formatted(name), Pattern.DOTALL);
  }

  private static String replaced(String guide, Pattern block, String text) {
    assertThat(block.matcher(guide).results()).as(block + " in\n" + guide).hasSize(1);
    return block.matcher(guide).replaceFirst(Matcher.quoteReplacement(text));
  }

  private static String caseOf(String guide, FidelityTable table) {
    List<String> cases = CASE.matcher(guide).results().map(found -> found.group(1)).toList();
    assertThat(cases).as(table.fileName()).hasSize(1);
    assertThat(table.fileName())
        .isEqualTo(cases.get(0).replaceFirst("__.*", ".md").replace("_to_", "-to-"));
    return cases.get(0);
  }

  private String manifest(String caseId) {
    String yaml = Manifest.of(matrix.find(caseId).orElseThrow(), DEFAULTS).yaml();
    return "<!-- manifest -->\n```yaml\n" + yaml + "```\n<!-- end -->\n";
  }

  /** What does not arrive as it was, by what happens to it. */
  private static String types(FidelityTable table) {
    Map<String, List<String>> byFate = new TreeMap<>();
    for (FidelityTable.Line line : table.lines()) {
      List<String> fates = new ArrayList<>();
      add(fates, line.source().fidelity(), " at the source");
      if (line.source().supported()) {
        add(fates, line.sink().fidelity(), " at the sink");
      }
      if (!fates.isEmpty()) {
        byFate
            .computeIfAbsent(String.join(", ", fates), fate -> new ArrayList<>())
            .add("`" + line.type().id() + "`");
      }
    }
    StringBuilder text = new StringBuilder("<!-- types -->\n");
    text.append(table.summary());
    text.append(" All of them stand in the [fidelity table](../fidelity/");
    text.append(table.fileName()).append(").\n\n");
    byFate.forEach(
        (fate, types) ->
            text.append("- ")
                .append(fate)
                .append(": ")
                .append(String.join(", ", types))
                .append("\n"));
    return text.append("<!-- end -->\n").toString();
  }

  private static void add(List<String> fates, Fidelity fidelity, String where) {
    if (!(fidelity instanceof Fidelity.Exact)) {
      fates.add(fidelity.label() + where);
    }
  }
}

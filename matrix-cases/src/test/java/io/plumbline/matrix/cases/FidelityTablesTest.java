package io.plumbline.matrix.cases;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.matrix.fidelity.FidelityTable;
import io.plumbline.matrix.registry.Matrix;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Keeps {@code docs/fidelity/} what the declarations say. */
class FidelityTablesTest {
  private static final String UPDATE =
      "mvn -q test -pl matrix-cases -am -Dtest=DefectsDocumentTest,FidelityTablesTest,GuidesTest -Dsurefire.failIfNoSpecifiedTests=false -Dplumbline.docs.update=true";

  private final Matrix matrix = Matrix.ofClassPath(Matrix.CANONICAL);
  private final List<FidelityTable> tables = new Families().tables(matrix);

  @Test
  void thePagesSayWhatTheDeclarationsSay() throws IOException {
    Map<String, String> pages = new TreeMap<>();
    for (FidelityTable table : tables) {
      pages.put(table.fileName(), table.toMarkdown(UPDATE));
    }
    pages.put("README.md", index());

    assertThat(pages).hasSize(31);
    new RenderedFiles(
            Path.of("..", "docs", "fidelity"), Boolean.getBoolean("plumbline.docs.update"), UPDATE)
        .check(pages);
  }

  private String index() {
    StringBuilder page = new StringBuilder("# Fidelity tables\n\n");
    page.append(
        "What each pair does to the values of every logical type; see [types](../types.md).");
    page.append("\n\nRendered by `").append(UPDATE).append("`.\n\n");
    page.append("| pair | in short |\n|---|---|\n");
    for (FidelityTable table : tables) {
      page.append(
          "| [%s to %s](%s) | %s |\n"
              .formatted(table.source(), table.sink(), table.fileName(), table.summary()));
    }
    return page.toString();
  }
}

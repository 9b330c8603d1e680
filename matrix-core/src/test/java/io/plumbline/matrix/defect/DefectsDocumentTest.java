package io.plumbline.matrix.defect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Keeps the table in {@code docs/defects.md} what the code says. */
class DefectsDocumentTest {
  private static final Path DOCUMENT = Path.of("..", "docs", "defects.md");
  private static final String BEGIN = "<!-- catalogue -->\n";
  private static final String END = "<!-- /catalogue -->\n";
  private static final String UPDATE =
      "mvn -q -pl matrix-core test -Dtest=DefectsDocumentTest -Dplumbline.docs.update=true";

  @Test
  void theCatalogueInTheDocsIsTheOneInTheCode() throws IOException {
    String document = Files.readString(DOCUMENT);
    int begin = document.indexOf(BEGIN);
    int end = document.indexOf(END);
    assertThat(begin).as("the mark where the catalogue begins").isNotNegative();
    assertThat(end).as("the mark where the catalogue ends").isGreaterThan(begin);
    String current =
        document.substring(0, begin + BEGIN.length())
            + Defects.toMarkdown()
            + document.substring(end);
    if (Boolean.getBoolean("plumbline.docs.update")) {
      Files.writeString(DOCUMENT, current);
    }

    assertThat(Files.readString(DOCUMENT))
        .as("docs/defects.md is behind the code; update it by: %s", UPDATE)
        .isEqualTo(current);
  }
}

package io.plumbline.repository;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Links inside the repository lead somewhere. */
class LinksTest {
  @TempDir private Path around = Path.of("");

  private Path folder = Path.of("");

  @Test
  void everyRelativeLinkOfEveryPageLeadsToAFileAndAHeading() throws IOException {
    Repository repository = Repository.here();
    List<Path> pages = repository.files(".", ".md");
    assertThat(pages).hasSizeGreaterThan(8);
    List<String> broken = new ArrayList<>();
    for (Path page : pages) {
      broken.addAll(broken(repository.root(), page.normalize()));
    }
    assertThat(broken).isEmpty();
  }

  private static List<String> broken(Path root, Path file) throws IOException {
    List<String> broken = new ArrayList<>();
    for (String link : MarkdownPage.read(file).links()) {
      if (!link.matches("(https?://|mailto:).*") && !leadsSomewhere(root, file, link)) {
        broken.add(root.relativize(file) + " -> " + link);
      }
    }
    return broken;
  }

  private static boolean leadsSomewhere(Path root, Path file, String link) throws IOException {
    int hash = link.indexOf('#');
    String path = hash < 0 ? link : link.substring(0, hash);
    Path target = path.isEmpty() ? file : file.resolveSibling(path).normalize();
    if (!target.startsWith(root) || !Files.exists(target)) {
      return false;
    }
    return hash < 0
        || (Files.isRegularFile(target)
            && MarkdownPage.read(target).anchors().contains(link.substring(hash + 1)));
  }

  @BeforeEach
  void twoPages() throws IOException {
    folder = around.resolve("repository");
    Files.createDirectories(folder.resolve("docs"));
    Files.writeString(
        folder.resolve("docs/other.md"), "# The `row` hash, 2nd\n\n## Twice\n\n## Twice\n");
  }

  @ParameterizedTest
  @CsvSource({
    "docs/other.md, true",
    "docs, true",
    "docs/other.md#the-row-hash-2nd, true",
    "docs/other.md#twice-1, true",
    "#here-am-i, true",
    "https://example.org/x, true",
    "mailto:a@example.org, true",
    "docs/others.md, false",
    "docs/Other.md, false",
    "other.md, false",
    "docs/other.md#twice-2, false",
    "docs/other.md#The-row-hash-2nd, false",
    "docs#x, false",
    "#there, false",
    "../outside.md, false",
    "/docs/other.md, false"
  })
  void aLinkThatLeadsNowhereIsFound(String link, boolean good) throws IOException {
    Files.writeString(around.resolve("outside.md"), "");
    Path page =
        Files.writeString(
            folder.resolve("page.md"),
            "# Here am I\n\n| a |\n|---|\n| see [it](%s) |\n".formatted(link));
    assertThat(broken(folder, page)).hasSize(good ? 0 : 1);
  }

  @Test
  void picturesAndReferencesAreLinksToo() throws IOException {
    Path page =
        Files.writeString(
            folder.resolve("page.md"), "![x](no.svg) and [a][ref]\n\n[ref]: nowhere.md\n");
    assertThat(broken(folder, page)).hasSize(2);
  }
}

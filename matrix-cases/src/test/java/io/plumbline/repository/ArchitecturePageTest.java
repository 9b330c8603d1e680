package io.plumbline.repository;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.matrix.oracle.Check;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ArchitecturePageTest {
  private static final Repository REPOSITORY = Repository.here();

  @Test
  void everyCheckIsExplainedInTheWordsOfTheCode() throws IOException {
    assertThat(rows())
        .containsAll(
            Arrays.stream(Check.values())
                .map(c -> "| `%s` | %s |".formatted(c.id(), c.meaning()))
                .toList());
  }

  @Test
  void everyPackageHasARowAndEveryRowIsAPackageOrACheck() throws IOException {
    List<String> names = new ArrayList<>();
    Path packages = REPOSITORY.root().resolve("matrix-core/src/main/java/io/plumbline/matrix");
    try (Stream<Path> folders = Files.list(packages)) {
      folders.filter(Files::isDirectory).forEach(f -> names.add(f.getFileName().toString()));
    }
    Arrays.stream(Check.values()).map(Check::id).forEach(names::add);
    assertThat(rows().stream().map(row -> row.split("`", -1)[1]))
        .containsExactlyInAnyOrderElementsOf(names);
  }

  private static List<String> rows() throws IOException {
    return REPOSITORY
        .text("docs/architecture.md")
        .lines()
        .filter(l -> l.startsWith("| `"))
        .toList();
  }
}

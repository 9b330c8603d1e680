package io.plumbline.repository;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code docs/types.md}: a class that declares types names the vendor's pages in its Javadoc. */
class VendorPagesTest {
  private static final Repository REPOSITORY = Repository.here();

  @Test
  void everyClassThatDeclaresTypesNamesItsPages() throws IOException {
    List<Path> classes =
        REPOSITORY.files("connectors", "Types.java").stream()
            .filter(file -> file.toString().contains("/src/main/"))
            .toList();
    assertThat(classes)
        .extracting(file -> file.getFileName().toString())
        .containsExactlyInAnyOrder(
            "BigqueryTypes.java",
            "ClickhouseTypes.java",
            "JsonTypes.java",
            "MssqlTypes.java",
            "MysqlTypes.java",
            "PostgresTypes.java");
    for (Path file : classes) {
      String text = Files.readString(file);
      String javadoc = text.substring(text.indexOf("/**"), text.indexOf(" class "));
      assertThat(javadoc).as(file.toString()).contains("https://");
    }
  }
}

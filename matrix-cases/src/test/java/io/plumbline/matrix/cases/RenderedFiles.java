package io.plumbline.matrix.cases;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A folder of tracked files that are rendered from code, and nothing else in it.
 *
 * @param folder where they are
 * @param update true to write them instead of failing
 * @param command the command that writes them
 */
record RenderedFiles(Path folder, boolean update, String command) {

  /** Every file is there with its content, and no other is. */
  void check(Map<String, String> contents) throws IOException {
    if (update) {
      write(contents);
    }
    String behind = folder.normalize() + " is behind the code; update it by: " + command;
    assertThat(present()).as(behind).isEqualTo(new TreeSet<>(contents.keySet()));
    for (Map.Entry<String, String> file : contents.entrySet()) {
      assertThat(Files.readString(folder.resolve(file.getKey())))
          .as("%s: %s", file.getKey(), behind)
          .isEqualTo(file.getValue());
    }
  }

  private void write(Map<String, String> contents) throws IOException {
    Files.createDirectories(folder);
    for (String name : present()) {
      if (!contents.containsKey(name)) {
        Files.delete(folder.resolve(name));
      }
    }
    for (Map.Entry<String, String> file : contents.entrySet()) {
      Files.writeString(folder.resolve(file.getKey()), file.getValue());
    }
  }

  private TreeSet<String> present() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .collect(java.util.stream.Collectors.toCollection(TreeSet::new));
    }
  }
}

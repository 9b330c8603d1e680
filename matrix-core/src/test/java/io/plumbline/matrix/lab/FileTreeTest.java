package io.plumbline.matrix.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileTreeTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void aFolderIsRemovedWithAllThatIsInItAndNothingBeside() throws IOException {
    Path root = folder.resolve("root");
    Files.createDirectories(root.resolve("a/b"));
    Files.writeString(root.resolve("a/b/file"), "x");
    Path beside = Files.writeString(folder.resolve("beside"), "x");
    Files.createSymbolicLink(root.resolve("link"), beside);

    FileTree.remove(root);

    assertThat(folder).isDirectoryContaining(file -> file.equals(beside));
    assertThat(root).doesNotExist();
  }

  @Test
  void whatIsNotThereIsNotMissed() throws IOException {
    FileTree.remove(folder.resolve("nowhere"));
    assertThat(folder).isEmptyDirectory();
  }
}

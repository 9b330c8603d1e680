package io.plumbline.matrix.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.apiguardian.api.API;

/** A folder with all that is in it. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class FileTree {
  private FileTree() {}

  /**
   * Removes it, from the innermost file to the folder itself; does nothing when it is not there.
   */
  public static void remove(Path root) throws IOException {
    if (!Files.exists(root)) {
      return;
    }
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}

package io.plumbline.connector.clickhouse.chdb;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apiguardian.api.API;

/** A directory that is removed while the engine's threads may still write into it. */
@API(status = API.Status.INTERNAL, since = "0.1.0")
public record Directory(Path path) {
  private static final int ATTEMPTS = 100;

  /** Removes it with everything in it. */
  public void remove() {
    for (int attempt = 0; attempt < ATTEMPTS && Files.exists(path); attempt++) {
      removeOnce();
    }
  }

  private void removeOnce() {
    try (Stream<Path> walk = Files.walk(path)) {
      List<Path> files = walk.sorted(Comparator.reverseOrder()).toList();
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
    } catch (IOException | UncheckedIOException e) {
      // Something came or went meanwhile; the next attempt sees it.
      return;
    }
  }
}

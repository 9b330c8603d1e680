package io.plumbline.connector.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnpackedPostgresTest {
  private static final String SERVER = "bin/postgres";

  @TempDir private Path folder = Path.of("");

  @Test
  void binariesAreUnpackedOnceAndAgainWhenThatWasCutShort() throws IOException {
    startAndStop("first");
    Path archive = archive();
    FileTime unpacked = Files.getLastModifiedTime(archive.resolve(SERVER));

    startAndStop("second");
    assertThat(Files.getLastModifiedTime(archive.resolve(SERVER))).isEqualTo(unpacked);

    Files.delete(archive.resolve(".exists"));
    Files.writeString(archive.resolve(SERVER), "half of it");
    startAndStop("third");
    assertThat(archive.resolve(".exists")).exists();
  }

  private void startAndStop(String name) throws IOException {
    // Another record each time: the library remembers for the life of the JVM whom it asked.
    Path work = folder.resolve(name);
    try (var system =
        EmbeddedPostgresProvider.start(
            work, new UnpackedPostgres(link(name)), EmbeddedPostgresProvider.ANY_PORT)) {
      assertThat(system.info().product()).isEqualTo("PostgreSQL");
    }
    assertThat(work.resolve("postgres")).doesNotExist();
  }

  /** The same folder by another name. */
  private Path link(String name) throws IOException {
    Path kept = Files.createDirectories(folder.resolve("kept"));
    return Files.createSymbolicLink(folder.resolve(name + "-link"), kept);
  }

  private Path archive() throws IOException {
    try (Stream<Path> archives = Files.list(folder.resolve("kept"))) {
      List<Path> all = archives.toList();
      assertThat(all).hasSize(1);
      return all.get(0);
    }
  }
}

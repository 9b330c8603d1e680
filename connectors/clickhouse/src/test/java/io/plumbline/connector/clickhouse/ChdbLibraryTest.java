package io.plumbline.connector.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.matrix.connector.SystemFailureException;
import io.plumbline.matrix.connector.SystemUnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the library comes from, and what is said when it does not come. */
final class ChdbLibraryTest {
  @TempDir private Path directory;

  private final Map<String, String> properties =
      new HashMap<>(Map.of("os.name", "Linux", "os.arch", "amd64"));

  private ChdbLibrary library(Map<String, String> environment, String npm) {
    properties.put("user.home", directory.toString());
    return new ChdbLibrary(properties, environment, npm);
  }

  private String npm(String script) throws IOException {
    Path npm = directory.resolve("npm");
    Files.writeString(npm, "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(npm, PosixFilePermissions.fromString("rwx------"));
    return npm.toString();
  }

  private List<Path> cached() throws IOException {
    try (Stream<Path> files = Files.walk(directory.resolve(".cache"))) {
      return files.filter(Files::isRegularFile).map(Path::getFileName).toList();
    }
  }

  @Test
  void aFileThatIsNamedIsTaken() throws IOException {
    Path file = Files.createFile(directory.resolve("own.so"));
    assertThat(library(Map.of("MATRIX_CHDB_LIB", file.toString()), "no npm").file())
        .isEqualTo(file);
    properties.put("matrix.chdb-lib", directory.resolve("other.so").toString());
    assertThatThrownBy(() -> library(Map.of("MATRIX_CHDB_LIB", file.toString()), "no npm").file())
        .as("a property beats a variable")
        .isInstanceOf(SystemFailureException.class)
        .hasMessageContaining("other.so, which cannot be read");
  }

  @Test
  void withoutNpmItIsUnavailableWithTheWayToGetIt() {
    String missing = directory.resolve("missing").toString();
    assertThatThrownBy(() -> library(Map.of(), missing).file())
        .isInstanceOf(SystemUnavailableException.class)
        .hasMessageStartingWith("clickhouse: the engine's library is missing.")
        .hasMessageContaining("There is no npm")
        .hasMessageContaining("MATRIX_CHDB_LIB")
        .hasMessageContaining("@chdb/lib-linux-x64-gnu@");
  }

  @Test
  void whatNpmCannotFetchIsUnavailable() throws IOException {
    String npm = npm("exit 3");
    assertThatThrownBy(() -> library(Map.of(), npm).file())
        .isInstanceOf(SystemUnavailableException.class)
        .hasMessageContaining("failed with status 3");
    assertThat(cached()).containsExactly(Path.of("fetch.lock"));
  }

  @Test
  void anotherSystemThanLinuxIsUnavailable() {
    properties.put("os.arch", "aarch64");
    assertThatThrownBy(() -> library(Map.of(), "no npm").file())
        .isInstanceOf(SystemUnavailableException.class)
        .hasMessageContaining("for Linux on x86-64 only");
  }

  @Test
  void aPackageWithAnotherHashIsRefusedAndNothingOfItKept() throws IOException {
    String npm =
        npm(
            "mkdir package && echo other > package/libchdb.so && tar czf other.tgz package && rm -r package");
    assertThatThrownBy(() -> library(Map.of("XDG_CACHE_HOME", ""), npm).file())
        .isInstanceOf(SystemFailureException.class)
        .hasMessageContaining("is the one that was tried");
    assertThat(cached()).containsExactly(Path.of("fetch.lock"));
  }
}

package io.plumbline.matrix.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerLogTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void theLastWordsAreInOneLine() throws IOException {
    assertThat(said("a\nb\n1\n2\n3\n4\n\n5\n 6\n7\n8\n9\n10\n"))
        .isEqualTo("1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10");
    assertThat(said("one")).isEqualTo("one");
  }

  @Test
  void aServerMayHaveSaidNothing() throws IOException {
    assertThat(said("\n\n")).isEqualTo("it said nothing");
    assertThat(new ServerLog(folder.resolve("nowhere")).lastWords()).isEqualTo("it said nothing");
  }

  @Test
  void whatCannotBeReadHidesNoOtherFailure() {
    assertThat(new ServerLog(folder).lastWords()).startsWith("what it said cannot be read (");
  }

  private String said(String text) throws IOException {
    return new ServerLog(Files.writeString(folder.resolve("server.log"), text)).lastWords();
  }
}

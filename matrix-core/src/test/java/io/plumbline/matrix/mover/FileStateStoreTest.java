package io.plumbline.matrix.mover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.matrix.connector.Position;
import io.plumbline.matrix.registry.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileStateStoreTest {
  private static final String CASE = "postgres_to_mssql__cdc";
  @TempDir private Path folder;

  private FileStateStore store(String caseId) {
    return new FileStateStore(caseId, folder.resolve("case.state"));
  }

  private static State state(long version) {
    KeyHashes keys = new KeyHashes();
    keys.put(7, 1, 2);
    return new State(
        CASE,
        version,
        Position.of(Map.of("lsn", "16/B374D848")),
        new TreeMap<>(Map.of("chunk.2026-06-01", "committed")),
        keys.toBytes());
  }

  @Test
  void whatWasCommittedIsReadBack() {
    store(CASE).commit(state(1));

    State read = store(CASE).read().orElseThrow();

    assertThat(read.version()).isEqualTo(1);
    assertThat(read.position().require("lsn")).isEqualTo("16/B374D848");
    assertThat(read.marks()).containsEntry("chunk.2026-06-01", "committed");
    assertThat(KeyHashes.ofBytes(read.keys()).see(7, 1, 2)).isEqualTo(KeyHashes.Comparison.SAME);
    assertThat(folder).isDirectoryNotContaining("glob:**.tmp");
  }

  @Test
  void aStateThatDoesNotFollowTheCommittedOneIsRefused() {
    store(CASE).commit(state(1));

    assertThatThrownBy(() -> store(CASE).commit(state(1)))
        .isInstanceOf(StateConflictException.class)
        .hasMessageContaining("at version 1");
    assertThatThrownBy(() -> store(CASE).commit(state(3)))
        .isInstanceOf(StateConflictException.class);
    assertThat(store(CASE).read().orElseThrow().version()).isEqualTo(1);
  }

  @Test
  void aTruncatedFileIsRefusedWithWhatToDo() throws IOException {
    store(CASE).commit(state(1));
    Path file = folder.resolve("case.state");
    byte[] content = Files.readAllBytes(file);
    for (int length = 0; length < content.length; length++) {
      Files.write(file, Arrays.copyOf(content, length));

      assertThatThrownBy(() -> store(CASE).read())
          .as("%d of %d bytes", length, content.length)
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("remove it");
    }
  }

  @Test
  void aFileOfAnotherCaseIsRefused() {
    store(CASE).commit(state(1));

    assertThatThrownBy(() -> store("mysql_to_mssql__cdc").read())
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("belongs to case 'postgres_to_mssql__cdc'");
  }

  @Test
  void withoutAFileThereIsNoState() {
    assertThat(store(CASE).read()).isEmpty();
  }
}

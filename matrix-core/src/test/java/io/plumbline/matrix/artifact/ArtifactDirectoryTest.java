package io.plumbline.matrix.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.plumbline.matrix.registry.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class ArtifactDirectoryTest extends ArtifactsOfASmallRun {

  @Test
  void whatAnEarlierRunLeftIsRemovedAndWhatItDidNotIsKept() throws IOException {
    Path directory = run("run", RunArtifactsTest::failing);
    Files.writeString(directory.resolve("notes.txt"), "mine");
    Files.writeString(directory.resolve(CASE).resolve("notes.txt"), "mine too");
    Files.createDirectories(directory.resolve("state"));
    Files.writeString(directory.resolve("summary.json.part"), "of a run that died");
    // Twice: the first dies before it is over.
    ArtifactDirectory.open(directory, new Redaction(List.of()));
    ArtifactDirectory artifacts = ArtifactDirectory.open(directory, new Redaction(List.of()));
    assertThat(files(directory).keySet())
        .filteredOn(file -> !file.startsWith(".earlier/"))
        .containsExactlyInAnyOrder(
            "artifact_index.json", "results.jsonl", "notes.txt", CASE + "/notes.txt");
    artifacts.index();
    assertThat(files(directory).keySet())
        .containsExactlyInAnyOrder(
            "artifact_index.json", "results.jsonl", "notes.txt", CASE + "/notes.txt");
    assertThat(directory.resolve("state")).isDirectory();
    assertThat(directory.resolve(".earlier")).doesNotExist();
  }

  @Test
  void whatARunLeftOfACaseOfAVersionIsRemovedByTheNext() throws IOException {
    Path directory = folder.resolve("run");
    ArtifactDirectory first = ArtifactDirectory.open(directory, new Redaction(List.of()));
    first.text(CASE + "@mysql-8.4@postgres-16.4-alpine/thread-dump.txt", "x");
    first.index();
    ArtifactDirectory.open(directory, new Redaction(List.of())).index();
    assertThat(files(directory).keySet())
        .containsExactlyInAnyOrder("artifact_index.json", "results.jsonl");
  }

  @Test
  void aFolderOfSomebodyElseIsRefusedAndLeftAlone() throws IOException {
    Path directory = Files.createDirectories(folder.resolve("home"));
    Files.writeString(directory.resolve("results.jsonl"), "not ours");
    assertThatThrownBy(() -> open(directory, new Redaction(List.of())))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "The artifact directory '%s' cannot be used: it has files that no run of Plumbline left there; allowed are an empty or new directory and that of an earlier run (matrix.artifact-dir)."
                .formatted(directory));
    assertThat(directory.resolve("results.jsonl")).hasContent("not ours");
  }

  @Test
  void aDirectoryBelowAFileIsRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "x");
    assertThatThrownBy(() -> ArtifactDirectory.requireUsable(file.resolve("below")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("'" + file + "' is not a directory that can be written");
  }

  @Test
  void aDirectoryThatMayNotBeWrittenIsRefused() throws IOException {
    Path directory = Files.createDirectories(folder.resolve("locked"));
    assumeThat(directory.toFile().setWritable(false)).isTrue();
    // The super-user may write everywhere.
    assumeThat(Files.isWritable(directory)).isFalse();
    assertThatThrownBy(() -> ArtifactDirectory.requireUsable(directory))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("is not a directory that can be written");
  }

  /** Nobody can make a folder there, not even the super-user, whom no permission stops. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void aPlaceThatTakesNoFolderIsRefused() {
    assertThatThrownBy(
            () -> ArtifactDirectory.open(Path.of("/proc/plumbline"), new Redaction(List.of())))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("The artifact directory '/proc/plumbline' cannot be used: ")
        .hasMessageContaining("; allowed are ");
  }

  @Test
  void aWriteThatFailsIsOneSentence() throws IOException {
    Path directory = folder.resolve("run");
    ArtifactDirectory artifacts = ArtifactDirectory.open(directory, new Redaction(List.of()));
    Files.writeString(directory.resolve(CASE), "a file where a folder has to be");
    assertThatThrownBy(() -> artifacts.text(CASE + "/thread-dump.txt", "x"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("The artifact '" + CASE + "/thread-dump.txt' cannot be written");
  }

  @Test
  void noPartIsLeftBehind() throws IOException {
    assertThat(files(run("run", RunArtifactsTest::failing)).keySet())
        .noneMatch(f -> f.endsWith(".part"));
  }
}

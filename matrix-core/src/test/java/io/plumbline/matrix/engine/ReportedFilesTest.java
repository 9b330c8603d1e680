package io.plumbline.matrix.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.testkit.engine.EventConditions.event;
import static org.junit.platform.testkit.engine.EventConditions.finishedSuccessfully;
import static org.junit.platform.testkit.engine.EventConditions.test;

import io.plumbline.matrix.engine.suites.SmallMatrix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.OutputDirectoryCreator;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.reporting.FileEntry;
import org.junit.platform.testkit.engine.EngineExecutionResults;

/** What is published beside verdicts. */
class ReportedFilesTest extends EngineOfASmallMatrix {

  @Test
  void filesAreCopiedIntoTheOutputDirectoryWhenReportsWereAskedFor() throws IOException {
    properties.put("matrix.case", "postgres_to_kafka__xmin");
    Path output = folder.resolve("output");
    EngineExecutionResults results =
        kit(selectClass(SmallMatrix.class))
            .configurationParameter("junit.platform.reporting.open.xml.enabled", "true")
            .outputDirectoryCreator(
                new OutputDirectoryCreator() {
                  @Override
                  public Path getRootDirectory() {
                    return output;
                  }

                  @Override
                  public Path createOutputDirectory(TestDescriptor descriptor) throws IOException {
                    return Files.createDirectories(output.resolve(descriptor.getDisplayName()));
                  }
                })
            .execute();
    Path directory = output.resolve("postgres_to_kafka__xmin");
    assertThat(
            results.testEvents().fileEntryPublished().stream()
                .map(e -> e.getRequiredPayload(FileEntry.class))
                .map(e -> e.getMediaType().orElse("") + " " + e.getPath()))
        .containsExactlyInAnyOrder(
            "application/yaml " + directory.resolve("manifest.yaml"),
            "application/json " + directory.resolve("case.json"),
            "application/json " + directory.resolve("behavior.json"),
            "application/json " + directory.resolve("timing.json"));
    assertThat(directory.resolve("behavior.json"))
        .hasSameTextualContentAs(artifacts().resolve("postgres_to_kafka__xmin/behavior.json"));
  }

  @Test
  void anOutputDirectoryThatCannotBeMadeIsAnErrorOfTheCase() {
    properties.put("matrix.case", "postgres_to_kafka__xmin");
    kit(selectClass(SmallMatrix.class))
        .configurationParameter("junit.platform.reporting.output.dir", "reports")
        .outputDirectoryCreator(
            new OutputDirectoryCreator() {
              @Override
              public Path getRootDirectory() {
                return Path.of("reports");
              }

              @Override
              public Path createOutputDirectory(TestDescriptor descriptor) throws IOException {
                throw new IOException("disk full");
              }
            })
        .execute()
        .testEvents()
        .assertThatEvents()
        .haveExactly(1, brokenLab(m -> m.contains("(java.io.IOException: disk full)")));
  }

  @Test
  void publishesPhasesAndFiles() {
    EngineExecutionResults results = runOne(Results::good);
    assertThat(results.testEvents().reportingEntryPublished().stream())
        .hasSize(2)
        .first()
        .satisfies(
            e ->
                assertThat(
                        e.getRequiredPayload(org.junit.platform.engine.reporting.ReportEntry.class)
                            .getKeyValuePairs())
                    .containsEntry("round", "first")
                    .containsEntry("phase", "extract")
                    .containsEntry("rows", "10"));
    List<Path> files =
        results.testEvents().fileEntryPublished().stream()
            .map(e -> e.getRequiredPayload(FileEntry.class).getPath())
            .toList();
    assertThat(files).hasSize(4).allSatisfy(f -> assertThat(f).isRegularFile());
    assertThat(files).allSatisfy(f -> assertThat(f).startsWith(artifacts()));
  }

  @Test
  void leavesTheFilesOfTheRun() throws IOException {
    kit(selectClass(SmallMatrix.class)).execute();
    try (Stream<Path> files = Files.list(artifacts())) {
      assertThat(new ArrayList<>(files.map(f -> f.getFileName().toString()).toList()))
          .contains(
              "artifact_index.json",
              "failed.txt",
              "fidelity.json",
              "junit",
              "results.jsonl",
              "selected.txt",
              "summary.json",
              "summary.md")
          .hasSize(8 + 18);
    }
    assertThat(Files.readString(artifacts().resolve("failed.txt"))).isEmpty();
  }

  @Test
  void successesAreReportedByName() {
    runOne(Results::good)
        .testEvents()
        .assertThatEvents()
        .haveExactly(1, event(test("postgres_to_kafka__xmin"), finishedSuccessfully()));
  }
}

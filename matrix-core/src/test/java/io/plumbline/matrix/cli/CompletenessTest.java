package io.plumbline.matrix.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.matrix.registry.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompletenessTest {
  private static final List<String> CASES = List.of("a_to_b__xmin", "a_to_b__cdc");

  private static final Instant BUILD_BEGAN = Instant.parse("2026-06-03T12:00:00Z");

  @TempDir private Path folder = Path.of("");

  private Path artifacts() {
    return folder.resolve("artifacts");
  }

  private Path reports() {
    return folder.resolve("reports");
  }

  @BeforeEach
  void aCompleteRun() throws IOException {
    Files.createDirectories(artifacts().resolve("junit"));
    Files.createDirectories(reports());
    Files.writeString(artifacts().resolve("selected.txt"), String.join("\n", CASES) + "\n");
    results(CASES);
    report(artifacts().resolve("junit"), CASES);
    report(reports(), CASES);
  }

  private void results(List<String> cases) throws IOException {
    Files.write(
        artifacts().resolve("results.jsonl"),
        cases.stream().map("{\"case\":\"%s\"}"::formatted).toList());
  }

  private static Path report(Path folder, List<String> cases) throws IOException {
    return Files.writeString(
        folder.resolve("TEST-a.xml"),
        cases.stream()
            .map("<testcase name=\"%s\"/>"::formatted)
            .collect(Collectors.joining("", "<testsuite>", "</testsuite>")));
  }

  private List<String> problems() {
    return new Completeness(artifacts(), BUILD_BEGAN).problems(CASES, true, reports());
  }

  @Test
  void aCompleteRunHasNoProblems() {
    assertThat(problems()).isEmpty();
  }

  @Test
  void whatABuildBeforeThisOneRanProvesNothing() throws IOException {
    Files.setLastModifiedTime(
        artifacts().resolve("selected.txt"), FileTime.from(BUILD_BEGAN.minusSeconds(1)));
    assertThat(problems())
        .containsExactly(
            "Nothing ran: the run in '%s' began at 2026-06-03T11:59:59Z, before this build did at 2026-06-03T12:00:00Z; leave out what skips tests, e.g. -DskipITs."
                .formatted(artifacts()));
    Files.setLastModifiedTime(artifacts().resolve("selected.txt"), FileTime.from(BUILD_BEGAN));
    assertThat(problems()).isEmpty();
  }

  @Test
  void aCaseThatWasNotReportedIsAProblem() throws IOException {
    results(List.of("a_to_b__xmin"));
    assertThat(problems())
        .containsExactly(
            "1 of the 2 cases that the run selected are not in results.jsonl: a_to_b__cdc.");
  }

  @Test
  void aCaseThatVanishedFromEitherXmlIsAProblem() throws IOException {
    report(artifacts().resolve("junit"), List.of("a_to_b__xmin"));
    report(reports(), List.of("a_to_b__cdc"));
    assertThat(problems())
        .containsExactly(
            "1 of the 2 cases that the run selected are not in junit/: a_to_b__cdc.",
            "1 of the 2 cases that the run selected are not in the build's reports: a_to_b__xmin.");
  }

  @Test
  void aCaseThatNobodySelectedIsAProblem() throws IOException {
    report(reports(), List.of("a_to_b__xmin", "a_to_b__cdc", "a"));
    assertThat(problems())
        .containsExactly(
            "1 cases in the build's reports are not among those that the run selected: a.");
  }

  @Test
  void reportsOfAnEarlierRunDoNotCount() throws IOException {
    Files.setLastModifiedTime(reports().resolve("TEST-a.xml"), FileTime.fromMillis(0));
    assertThat(problems())
        .singleElement()
        .asString()
        .startsWith("2 of the 2 cases that the run selected are not in the build's reports");
  }

  @Test
  void aCaseThatTheRunDidNotSelectIsAProblemUnlessTheBuildFilters() throws IOException {
    List<String> more = List.of("a_to_b__xmin", "a_to_b__cdc", "a_to_b__scd2");
    assertThat(new Completeness(artifacts(), BUILD_BEGAN).problems(more, true, reports()))
        .containsExactly(
            "1 of the 3 cases that the settings select are not in the run: a_to_b__scd2.");
    assertThat(new Completeness(artifacts(), BUILD_BEGAN).problems(more, false, reports()))
        .isEmpty();
  }

  @Test
  void aRunWithoutCasesIsAProblem() throws IOException {
    Files.writeString(artifacts().resolve("selected.txt"), "");
    results(List.of());
    report(artifacts().resolve("junit"), List.of());
    report(reports(), List.of());
    assertThat(new Completeness(artifacts(), BUILD_BEGAN).problems(CASES, false, reports()))
        .containsExactly("The run selected no case.");
  }

  @Test
  void aRunThatLeftNothingIsRefused() {
    assertThatThrownBy(() -> new Completeness(folder, BUILD_BEGAN).problems(CASES, true, reports()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("The run left no 'selected.txt'");
  }
}

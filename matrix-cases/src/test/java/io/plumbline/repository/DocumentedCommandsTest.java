package io.plumbline.repository;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every command of the documentation is run: as a line of {@code .ci/run}, or here, as a matrix in
 * memory.
 */
class DocumentedCommandsTest {
  private static final long ROWS = 300;
  private static final Repository REPOSITORY = Repository.here();

  @TempDir private Path folder = Path.of("");

  @TestFactory
  Stream<DynamicTest> everyCommandOfTheDocumentationIsRun() throws IOException {
    CiScript ci = CiScript.of(REPOSITORY);
    return commands(new ArrayList<>()).stream()
        .map(
            command ->
                DynamicTest.dynamicTest(
                    command.where() + " " + command.text(), () -> requireRun(command, ci)));
  }

  @Test
  void everyBlockSaysWhetherItIsCommandsOrOutput() throws IOException {
    List<String> problems = new ArrayList<>();
    assertThat(commands(problems))
        .extracting(c -> c.where().replaceFirst(":.*", ""))
        .contains("README.md", "CONTRIBUTING.md", "docs/runbook.md", "docs/benchmarks.md");
    assertThat(problems).isEmpty();
  }

  /** One of each text: the same command on several pages is run once. */
  private static List<DocumentedCommand> commands(List<String> problems) throws IOException {
    Map<DocumentedCommand, DocumentedCommand> commands = new LinkedHashMap<>();
    for (Path file : REPOSITORY.files(".", ".md")) {
      String name = REPOSITORY.root().relativize(file.normalize()).toString();
      for (DocumentedCommand command :
          DocumentedCommand.of(name, MarkdownPage.read(file), problems)) {
        commands.putIfAbsent(
            new DocumentedCommand("", command.text(), command.fails(), command.output()), command);
      }
    }
    return List.copyOf(commands.values());
  }

  private void requireRun(DocumentedCommand command, CiScript ci) {
    ci.line(command.text())
        .ifPresentOrElse(line -> requireAgreement(command, line), () -> requireInMemory(command));
  }

  private static void requireAgreement(DocumentedCommand command, CiScript.Line line) {
    assertThat(line.fails())
        .as(".ci/run and the page agree that it fails")
        .isEqualTo(command.fails());
    if (!command.output().isEmpty()) {
      assertThat(line.prints())
          .as("what .ci/run expects stands on the page")
          .allSatisfy(text -> assertThat(command.output()).contains(text));
    }
  }

  private void requireInMemory(DocumentedCommand command) {
    ContractRun run =
        ContractRun.of(command.text())
            .orElseThrow(
                () ->
                    new AssertionError(
                        command.text()
                            + " is run nowhere; write the line into .ci/run as it stands on the page"));
    Path artifacts = folder.resolve("run");
    if (command.fails()) {
      ContractRun.Outcome outcome = run.run(artifacts);
      assertThat(outcome.green()).as(outcome.text()).isFalse();
      assertThat(lines(outcome.text())).containsAll(lines(command.output()));
    } else {
      ContractRun.Outcome outcome = run.atMost(ROWS).run(artifacts);
      assertThat(outcome.green()).as(outcome.text()).isTrue();
    }
  }

  /** Lines without what the build tool puts before them, and without times. */
  private static List<String> lines(String text) {
    return text.lines()
        .map(line -> line.replaceFirst("^(\\(\\d\\) )?\\[ERROR\\] ", "").strip())
        .map(line -> line.replaceAll("\\d+\\.\\d+ s\\b", "# s"))
        .filter(line -> !line.isEmpty())
        .toList();
  }

  // --- the rules themselves

  private static List<String> problems(String markdown) {
    List<String> problems = new ArrayList<>();
    DocumentedCommand.of("page", MarkdownPage.of(Path.of("page.md"), markdown), problems);
    return problems;
  }

  private static List<DocumentedCommand> commandsOf(String markdown) {
    return DocumentedCommand.of(
        "page", MarkdownPage.of(Path.of("page.md"), markdown), new ArrayList<>());
  }

  @Test
  void blocksThatCouldHideACommandAreRefused() {
    assertThat(problems("```\nmvn verify\n```\n"))
        .singleElement()
        .asString()
        .contains("fenced as ''");
    assertThat(problems("```bash\nmvn verify\n```\n"))
        .singleElement()
        .asString()
        .contains("'bash'");
    assertThat(problems("a list\n\n    mvn verify\n")).hasSize(1);
    assertThat(problems("```text\nmvn verify\n```\n")).singleElement().asString().contains("among");
    assertThat(problems("```text\n$ git push\n```\n")).hasSize(1);
    assertThat(problems("```sh fails\nmvn verify\n```\n"))
        .singleElement()
        .asString()
        .contains("with what");
    assertThat(problems("```sh\nmvn verify\n```\n\n```text\nrerun: mvn verify\n```\n")).isEmpty();
  }

  @Test
  void everyLineOfABlockAndCodeInASentenceIsACommand() {
    assertThat(
            commandsOf(
                """
                Say `mvn -q x`, not `matrix.rows`, `set -a` and `. docker/.env`, not `.env`, and `docker-compose up -d`.

                | a | b |
                |---|---|
                | `mvn y` | z |

                ```sh
                # a comment
                A=1 mvn \\
                  verify
                java -version
                ```
                """))
        .extracting(DocumentedCommand::text)
        .containsExactly(
            "A=1 mvn verify",
            "java -version",
            "mvn -q x",
            "set -a",
            ". docker/.env",
            "docker-compose up -d",
            "mvn y");
  }

  @Test
  void aCommandThatIsRunNowhereIsRed() {
    CiScript ci = new CiScript("mvn verify\nfails 'no such' mvn -x\n# mvn commented\n");
    DocumentedCommand run = new DocumentedCommand("", "mvn verify", false, "");
    requireRun(run, ci);
    for (String text : List.of("mvn verify -Pother", "mvn commented", "mvn -x", "mvn", "rm -r x")) {
      assertThat(catchError(new DocumentedCommand("", text, false, ""), ci)).as(text).isNotNull();
    }
    requireRun(new DocumentedCommand("", "mvn -x", true, "it says: no such thing"), ci);
    assertThat(catchError(new DocumentedCommand("", "mvn -x", true, "something else"), ci))
        .isNotNull();
    assertThat(catchError(new DocumentedCommand("", "mvn verify", true, "x"), ci)).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mvn verify -Pmatrix-mock-contract -Dmatrix.source=oracle",
        "mvn verify -Pmatrix-mock-contract -Dmatrix.sauce=postgres",
        "mvn verify -Pmatrix-mock-contract -Dmatrix.source=postgres -Dmatrix.case=mysql_to_*"
      })
  void aRunInMemoryThatShouldBeGreenAndIsNotIsRed(String text) {
    CiScript ci = new CiScript("");
    assertThat(catchError(new DocumentedCommand("", text, false, ""), ci)).isNotNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Unknown source 'oracle'; allowed are postgres, mssql, mysql, clickhouse, api, kafka, or * for all. | true",
        "Unknown source 'oracle'. | false"
      })
  void theOutputOnThePageIsWhatTheRunSays(String output, boolean right) {
    DocumentedCommand command =
        new DocumentedCommand(
            "", "mvn verify -Pmatrix-mock-contract -Dmatrix.source=oracle", true, output);
    assertThat(catchError(command, new CiScript("")) == null).isEqualTo(right);
  }

  @Test
  void aRunThatIsGreenAlthoughThePageSaysItFailsIsRed() {
    DocumentedCommand command =
        new DocumentedCommand(
            "",
            "mvn verify -Pmatrix-mock-contract -Dmatrix.case=mysql_to_postgres__xmin",
            true,
            "PASS");
    assertThat(catchError(command, new CiScript(""))).isNotNull();
  }

  private @org.jspecify.annotations.Nullable Throwable catchError(
      DocumentedCommand command, CiScript ci) {
    return org.assertj.core.api.Assertions.catchThrowable(() -> requireRun(command, ci));
  }
}

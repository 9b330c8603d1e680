package io.plumbline.matrix.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.plumbline.matrix.artifact.ArtifactDirectory;
import io.plumbline.matrix.artifact.Redaction;
import io.plumbline.matrix.registry.Matrix;
import io.plumbline.matrix.registry.MatrixCase;
import io.plumbline.matrix.registry.Selection;
import io.plumbline.matrix.registry.Shard;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MergeCommandTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final List<String> EVERYTHING = List.of("*");

  /** Of nine cases, as every second one of the small registry makes them. */
  private static final String SUMMARY =
      """
      {"schema": "plumbline.matrix.summary/1", "run_mode": "mock_local", "seed": 7,
       "volume": {"rows": 100, "change_ratio": 0.20, "delete_ratio": 0.05, "wide_columns": 120},
       "registry": {"cells": 18, "supported": 11, "rejections": 7},
       "selected": 9,
       "verdicts": {"PASS": %d, "FAIL": 0, "UNKNOWN": 0, "REJECTED_AS_DECLARED": %d, "SKIPPED": 0},
       "skipped": [],
       "cells": {"moved": 99, "verified": 99}, "rows": {"moved": 99, "verified": 99},
       "wall_millis": %d,
       "evidence": {"contract": 0, "stand_in": 0, "embedded": 0, "container": 0, "external": 9},
       "systems": [
         {"family": "kafka", "product": "Kafka", "version": "4", "level": "embedded"},
         {"family": "mysql", "product": "MariaDB", "version": "10", "level": "stand_in"},
         {"family": "postgres", "product": "PostgreSQL", "version": "18", "level": "embedded"}]}
      """;

  private static final String RESULT =
      """
      {"case": "%s", "suite": "S", "verdict": "%s", "reason": "", %s "millis": 1, "rows_moved": 2,
       "rows_verified": 3, "cells_moved": 4, "cells_verified": 5, "checks": 6, "rerun": "mvn again"}
      """;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final Map<String, String> environment = new HashMap<>();

  @TempDir private Path folder = Path.of("");

  @BeforeEach
  void twoShards() throws IOException {
    write("1", summary(1), results(1));
    write("2", summary(2), results(2));
  }

  private static List<MatrixCase> cases(int shard) {
    return new Selection(
            EVERYTHING, EVERYTHING, EVERYTHING, EVERYTHING, EVERYTHING, new Shard(shard, 2))
        .select(Matrix.ofClassPath(Matrix.CANONICAL));
  }

  private static String summary(int shard) {
    long supported = cases(shard).stream().filter(MatrixCase::supported).count();
    return SUMMARY.formatted(supported, cases(shard).size() - supported, 1000 * shard);
  }

  private static List<String> results(int shard) {
    return cases(shard).stream()
        .map(
            each -> {
              boolean mysql = each.id().source().id().equals("mysql");
              String evidence = "\"evidence\": \"%s\",".formatted(mysql ? "stand_in" : "embedded");
              return each.supported()
                  ? RESULT.formatted(each.id(), "PASS", evidence)
                  : RESULT.formatted(each.id(), "REJECTED_AS_DECLARED", "");
            })
        .toList();
  }

  private void write(String name, String summary, List<String> results) throws IOException {
    ArtifactDirectory shard =
        ArtifactDirectory.open(folder.resolve(name), new Redaction(List.of()));
    for (String result : results) {
      shard.append(JSON.readTree(result));
    }
    shard.text("summary.json", summary);
    shard.index();
  }

  private int merge(String... arguments) {
    List<String> all = new ArrayList<>(List.of("merge", "--output", merged().toString()));
    all.addAll(Arrays.asList(arguments));
    return MatrixCommand.run(
        all, environment, new PrintWriter(out, true), new PrintWriter(err, true));
  }

  private int mergeBoth() {
    return merge(path("1"), path("2"));
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  private Path merged() {
    return folder.resolve("merged");
  }

  private void assertRefused(int status, String sentence) {
    assertThat(status).isEqualTo(2);
    assertThat(err.toString()).contains(sentence).contains("; allowed ").doesNotContain("\tat ");
    assertThat(err.toString().lines()).hasSize(1);
    assertThat(merged()).doesNotExist();
  }

  @Test
  void shardsBecomeOneRunThatIsCountedFromTheirResults() throws IOException {
    assertThat(mergeBoth()).as(err.toString()).isZero();
    assertThat(out.toString())
        .isEqualTo(
            "Plumbline: 2 shards, 18 of 18 cases, each reported once: 11 PASS, 0 FAIL, 0 UNKNOWN, 7 REJECTED_AS_DECLARED, 0 SKIPPED\n");
    JsonNode summary = JSON.readTree(merged().resolve("summary.json").toFile());
    assertThat(summary.path("selected").asInt()).isEqualTo(18);
    assertThat(summary.path("shards").asInt()).isEqualTo(2);
    assertThat(summary.at("/verdicts/PASS").asInt()).isEqualTo(11);
    assertThat(summary.path("cells")).hasToString("{\"moved\":72,\"verified\":90}");
    assertThat(summary.path("rows")).hasToString("{\"moved\":36,\"verified\":54}");
    assertThat(summary.path("wall_millis").asLong()).isEqualTo(2000);
    assertThat(summary.path("systems")).hasSize(3);
    List<String> ids =
        Stream.of(Files.readString(merged().resolve("results.jsonl")).split("\n"))
            .map(line -> line.replaceFirst(".*\"case\":\"(\\w+)\".*", "$1"))
            .toList();
    assertThat(ids)
        .isEqualTo(
            Matrix.ofClassPath(Matrix.CANONICAL).cases().stream()
                .map(c -> c.id().toString())
                .toList());
    assertThat(merged().resolve("failed.txt")).isEmptyFile();
    assertThat(merged().resolve("summary.md")).content().contains("18 of 18 cases selected");
  }

  @Test
  void evidenceIsThatOfTheResults() throws IOException {
    assertThat(mergeBoth()).isZero();
    assertThat(JSON.readTree(merged().resolve("summary.json").toFile()).path("evidence"))
        .hasToString(
            "{\"contract\":0,\"stand_in\":3,\"embedded\":8,\"container\":0,\"external\":0}");
  }

  @Test
  void systemsThatDifferAreAllNamed() throws IOException {
    write("2", summary(2).replace("\"18\", \"level\"", "\"17\", \"level\""), results(2));
    assertThat(mergeBoth()).isZero();
    assertThat(JSON.readTree(merged().resolve("summary.json").toFile()).path("systems")).hasSize(4);
  }

  @Test
  void shardsOfVersionsAreMergedWithTheVersionsThatTheyHad() throws IOException {
    String id = "postgres_to_kafka__full_refresh@postgres-1";
    String of =
        SUMMARY
            .formatted(1, 0, 1)
            .replace("{\"cells\": 18, \"supported\": 11", "{\"cells\": 27, \"supported\": 20")
            .replace("\"systems\"", "\"versions\": {\"postgres\": [\"15\", \"16\"]}, \"systems\"");
    String evidence = "\"evidence\": \"embedded\",";
    write("1", of, List.of(RESULT.formatted(id + "5", "PASS", evidence)));
    write("2", of, List.of(RESULT.formatted(id + "6", "PASS", evidence)));
    String both = "postgres_to_kafka__full_refresh";
    assertThat(merge("--case", both, "--versions", "postgres=15,16", path("1"), path("2")))
        .as(err.toString())
        .isZero();
    assertThat(merged().resolve("selected.txt")).hasContent(id + "5\n" + id + "6");
    assertThat(JSON.readTree(merged().resolve("summary.json").toFile()).path("versions"))
        .hasToString("{\"postgres\":[\"15\",\"16\"]}");
  }

  @Test
  void shardsOfOtherVersionsAreRefused() throws IOException {
    String versions = "\"versions\": {\"postgres\": [\"%s\"]}, \"systems\"";
    write("1", summary(1).replace("\"systems\"", versions.formatted("15")), results(1));
    write("2", summary(2).replace("\"systems\"", versions.formatted("16")), results(2));
    assertRefused(mergeBoth(), "is {postgres=[15]} and that of");
  }

  @Test
  void aMergedRunCanBeWrittenAgain() {
    assertThat(mergeBoth()).isZero();
    assertThat(mergeBoth()).isZero();
  }

  @Test
  void theFiltersAreThoseOfTheShards() throws IOException {
    write("1", SUMMARY.formatted(1, 0, 1), results(1).subList(0, 1));
    assertThat(merge("--case", cases(1).get(0).id().toString(), path("1"))).isZero();
    assertThat(out.toString()).contains("1 shards, 1 of 18 cases");
  }

  @Test
  void theVariablesAreThoseOfTheShardsButForTheShardItself() throws IOException {
    write("1", SUMMARY.formatted(1, 0, 1), results(1).subList(0, 1));
    environment.put("MATRIX_CASE", cases(1).get(0).id().toString());
    environment.put("MATRIX_SHARD", "2/2");
    assertThat(merge(path("1"))).as(err.toString()).isZero();
    assertThat(out.toString()).contains("1 shards, 1 of 18 cases");
  }

  @Test
  void reasonsOfSkippedCasesAreCountedOverAllShards() throws IOException {
    for (int shard = 1; shard <= 2; shard++) {
      long passed = cases(shard).stream().filter(MatrixCase::supported).count();
      List<String> results = new ArrayList<>(results(shard));
      results.set(
          0,
          results
              .get(0)
              .replace("\"PASS\", \"reason\": \"\"", "\"SKIPPED\", \"reason\": \"no | engine\""));
      write(
          Integer.toString(shard),
          summary(shard)
              .replace("\"PASS\": " + passed, "\"PASS\": " + (passed - 1))
              .replace("\"SKIPPED\": 0", "\"SKIPPED\": 1"),
          results);
    }
    assertThat(mergeBoth()).as(err.toString()).isZero();
    assertThat(JSON.readTree(merged().resolve("summary.json").toFile()).path("skipped"))
        .hasToString("[{\"reason\":\"no | engine\",\"cases\":2}]");
    assertThat(merged().resolve("summary.md")).content().contains("| no \\| engine | 2 |\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"FAIL", "UNKNOWN"})
  void aCaseThatDidNotSucceedIsRed(String verdict) throws IOException {
    String summary = summary(1).replace("\"" + verdict + "\": 0", "\"" + verdict + "\": 1");
    long passed = cases(1).stream().filter(MatrixCase::supported).count();
    write(
        "1",
        summary.replace("\"PASS\": " + passed, "\"PASS\": " + (passed - 1)),
        replaced(0, "\"PASS\", \"reason\": \"\"", "\"%s\", \"reason\": \"so\"".formatted(verdict)));
    assertThat(mergeBoth()).as(err.toString()).isEqualTo(1);
    String id = cases(1).get(0).id().toString();
    assertThat(merged().resolve("failed.txt")).content().isEqualTo(id + "\n");
    assertThat(merged().resolve("summary.md"))
        .content()
        .contains("## %s %s".formatted(verdict, id))
        .contains("so\nrerun: mvn again");
  }

  @Test
  void noShardsAreRefused() {
    assertRefused(merge(), "0 shards were named");
  }

  @Test
  void aCaseThatWasReportedTwiceIsRefused() throws IOException {
    assertRefused(merge(path("1"), path("2"), path("1")), "was reported twice");
  }

  @Test
  void aCaseThatOneShardReportedTwiceIsRefused() throws IOException {
    List<String> twice = new ArrayList<>(results(1));
    twice.add(RESULT.formatted(cases(1).get(0).id(), "SKIPPED", ""));
    write("1", summary(1).replace("\"SKIPPED\": 0", "\"SKIPPED\": 1"), twice);
    assertRefused(mergeBoth(), "was reported twice");
  }

  @Test
  void aCaseThatIsMissingIsRefused() {
    assertRefused(
        merge(path("1")),
        "9 cases were not reported (%s, %s".formatted(cases(2).get(0).id(), cases(2).get(1).id()));
  }

  @Test
  void aCaseThatWasNotSelectedIsRefused() {
    assertRefused(
        merge("--source", "kafka", path("1"), path("2")),
        "12 cases were reported and not selected");
  }

  /** An edit each of the first shard's summary. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "mock_local | mock_contract | The run mode of ",
        "\"seed\": 7 | \"seed\": 8 | The seed of ",
        "\"rows\": 100 | \"rows\": 1000 | The volume of ",
        "\"wide_columns\": 120 | \"wide_columns\": 8 | The volume of ",
        "\"selected\": 9 | \"selected\": 9, \"mover\": \"mine\" | The mover of ",
        "\"selected\": 9 | \"selected\": 9, \"interrupted\": true | it was interrupted",
        "\"cells\": 18 | \"cells\": 300 | it is of another registry",
        "summary/1 | summary/2 | its summary is of another kind",
        "\"FAIL\": 0 | \"FAIL\": 1 | its summary has {PASS=",
        "\"level\": \"embedded\"}]} | \"level\": \"embedded\"}]} {} | summary.json or results.jsonl is not what a run writes",
        "\"seed\": 7 | \"seed\": null | summary.json or results.jsonl is not what a run writes",
        "\"systems\" | \"engines\" | summary.json or results.jsonl is not what a run writes",
        "\"level\": \"embedded\" | \"level\": \"stand_in\" | claims evidence 'embedded', which its kafka was not",
        "\"family\": \"mysql\" | \"family\": \"oracle\" | claims evidence 'stand_in', which its mysql was not",
        "\"level\": \"embedded\" | \"level\": \"best\" | there is no evidence level 'best'"
      })
  void aShardOfAnotherKindIsRefused(String was, String is, String sentence) throws IOException {
    assertThat(summary(1)).contains(was);
    write("1", replacedOnce(summary(1), was, is), results(1));
    assertRefused(mergeBoth(), sentence);
  }

  /** An edit each of the first result. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "postgres_to | oracle_to | which the registry does not",
        "\"PASS\" | \"GREEN\" | has verdict 'GREEN'",
        "\"embedded\" | \"container\" | claims evidence 'container'",
        "\"embedded\" | \"best\" | there is no evidence level 'best'",
        "\"millis\": 1 | \"millis\": null | summary.json or results.jsonl is not what a run writes",
        "\"millis\" | \"hours\" | summary.json or results.jsonl is not what a run writes"
      })
  void aResultThatNoRunWritesIsRefused(String was, String is, String sentence) throws IOException {
    assertThat(results(1).get(0)).contains(was);
    write("1", summary(1), replaced(0, was, is));
    assertRefused(mergeBoth(), sentence);
  }

  private static String replacedOnce(String text, String was, String is) {
    return text.replaceFirst(Pattern.quote(was), Matcher.quoteReplacement(is));
  }

  private static List<String> replaced(int index, String was, String is) {
    List<String> results = new ArrayList<>(results(1));
    assertThat(results.get(index)).contains(was);
    results.set(index, results.get(index).replace(was, is));
    return results;
  }

  @ParameterizedTest
  @ValueSource(strings = {"results.jsonl", "summary.json"})
  void aFileThatIsNotAsItWasWrittenIsRefused(String name) throws IOException {
    Path file = folder.resolve("1").resolve(name);
    String text = Files.readString(file);
    // At the end of a line, where what is left can be read.
    Files.writeString(file, text.substring(0, text.lastIndexOf('\n', text.length() - 2) + 1));
    assertRefused(mergeBoth(), "'%s' is not as the run wrote it".formatted(name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"results.jsonl", "summary.json", "artifact_index.json"})
  void aFileThatIsGoneIsRefused(String name) throws IOException {
    Files.delete(folder.resolve("1").resolve(name));
    assertRefused(mergeBoth(), "a file cannot be read");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "{\"schema\": \"plumbline.matrix.index/1\"}", "[]"})
  void anIndexThatIsBrokenIsRefused(String text) throws IOException {
    Files.write(
        folder.resolve("1").resolve("artifact_index.json"), text.getBytes(StandardCharsets.UTF_8));
    assertRefused(mergeBoth(), "a file cannot be read");
  }

  @Test
  void aRunThatDidNotEndIsRefused() {
    ArtifactDirectory.open(folder.resolve("1"), new Redaction(List.of()));
    assertRefused(mergeBoth(), "the run did not come to its end");
  }

  @Test
  void aFolderThatIsNoRunIsRefused() {
    assertRefused(merge(path("1"), path("nowhere")), "a file cannot be read");
  }

  @Test
  void theOutputMayNotBeAShard() {
    StringWriter said = new StringWriter();
    int status =
        MatrixCommand.run(
            List.of("merge", "--output", path("2"), path("1"), path("2")),
            environment,
            new PrintWriter(out, true),
            new PrintWriter(said, true));
    assertThat(status).isEqualTo(2);
    assertThat(said.toString()).contains("which is a shard's; allowed is another folder");
    assertThat(folder.resolve("2").resolve("summary.json")).exists();
  }
}

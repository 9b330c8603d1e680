package io.plumbline.matrix.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MatrixCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private final Map<String, String> environment = new HashMap<>();

  private int run(String... arguments) {
    return MatrixCommand.run(
        List.of(arguments), environment, new PrintWriter(out, true), new PrintWriter(err, true));
  }

  @Test
  void listsEveryCaseAsATable() {
    assertThat(run("list")).isZero();
    assertThat(out.toString().lines()).hasSize(1 + 18 + 1);
    assertThat(out.toString())
        .startsWith("CASE ")
        .containsPattern("postgres_to_postgres__xmin +postgres +postgres +xmin +supported\n")
        .containsPattern("mysql_to_kafka__xmin +mysql +kafka +xmin +rejected: source_has_no_xmin\n")
        .endsWith("18 of 18 cases: 11 supported, 7 rejected\n");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void listsAsJson() throws IOException {
    assertThat(run("list", "--format", "json", "--case", "mysql_to_kafka__*")).isZero();
    JsonNode cases = new JsonMapper().readTree(out.toString()).path("cases");
    assertThat(cases).hasSize(3);
    assertThat(cases.get(0).path("supported").asBoolean()).isTrue();
    assertThat(cases.get(1).toString())
        .isEqualTo(
            "{\"case\":\"mysql_to_kafka__xmin\",\"source\":\"mysql\",\"sink\":\"kafka\",\"strategy\":\"xmin\",\"supported\":false,"
                + "\"code\":\"source_has_no_xmin\",\"reason\":\"Only PostgreSQL keeps the transaction that wrote a row.\",\"instead\":[\"full_refresh\"]}");
  }

  @ParameterizedTest
  @CsvSource({
    "--source, mysql, 6",
    "--sink, kafka, 9",
    "--strategy, 'scd2,xmin', 12",
    "--case, '*__xmin', 6",
    "--shard, 1/3, 6"
  })
  void takesTheFiltersOfARun(String option, String value, int size) {
    assertThat(run("list", option, value)).isZero();
    assertThat(out.toString())
        .endsWith(out.toString().lines().skip(size + 1).findFirst().orElseThrow() + "\n");
    assertThat(out.toString()).contains(size + " of 18 cases");
  }

  @ParameterizedTest
  @CsvSource({
    "MATRIX_SOURCE, mysql, 6",
    "MATRIX_SINK, kafka, 9",
    "MATRIX_STRATEGY, 'scd2,xmin', 12",
    "MATRIX_CASE, '*__xmin', 6",
    "MATRIX_SHARD, 1/3, 6"
  })
  void takesTheVariablesOfARun(String variable, String value, int size) {
    environment.put(variable, value);
    assertThat(run("list")).isZero();
    assertThat(out.toString()).contains(size + " of 18 cases");
  }

  @Test
  void anOptionBeatsItsVariableAndNoOther() {
    environment.put("MATRIX_SOURCE", "mysql");
    environment.put("MATRIX_SINK", "kafka");
    assertThat(run("list", "--source", "postgres")).isZero();
    assertThat(out.toString()).contains("postgres_to_kafka__", "3 of 18 cases");
  }

  /** Only containers have versions; while nobody says the mode, it may be theirs. */
  @ParameterizedTest
  @CsvSource({"mock_local, 18", "real_local, 27", ", 27"})
  void versionsRepeatCasesUnlessTheModeHasNone(@Nullable String mode, int size) {
    environment.put("MATRIX_VERSIONS_POSTGRES", "15,16");
    if (mode != null) {
      environment.put("MATRIX_RUN_MODE", mode);
    }
    assertThat(run("list")).isZero();
    assertThat(out.toString()).contains("\n%1$d of %1$d cases: ".formatted(size));
  }

  @Test
  void aVariableThatMeansNothingIsOneSentenceAndStatus2() {
    environment.put("MATRIX_SAUCE", "kafka");
    assertThat(run("list")).isEqualTo(2);
    assertThat(err.toString())
        .startsWith("Unknown environment variable 'MATRIX_SAUCE'; allowed are MATRIX_RUN_MODE, ");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void takesARegistryAndACasesFile(@TempDir Path folder) throws IOException {
    Path registry = folder.resolve("mine.yaml");
    Files.writeString(
        registry,
        "schema: plumbline.matrix.registry/1\nsources: [mine]\nsinks: [yours]\nstrategies: [cdc, scd2]\n");
    Path cases = Files.writeString(folder.resolve("failed.txt"), "mine_to_yours__cdc\n");
    assertThat(run("list", "--registry", registry.toString(), "--cases-file", cases.toString()))
        .isZero();
    assertThat(out.toString()).contains("mine_to_yours__cdc").contains("1 of 2 cases");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--source | oracle | Unknown source 'oracle'; allowed are postgres, mysql, kafka, or * for all.",
        "--case | x | Unknown case 'x'; allowed are <source>_to_<sink>__<strategy>",
        "--format | xml | Unknown format 'xml'; allowed are table, json.",
        "--shard | 9/2 | Shard '9/2' does not exist",
        "--registry | nowhere.yaml | The registry 'nowhere.yaml' cannot be read",
        "--colour | red | Unknown options: '--colour', 'red'"
      })
  void badInputIsOneSentenceAndStatus2(String option, String value, String sentence) {
    assertThat(run("list", option, value)).isEqualTo(2);
    assertThat(err.toString()).contains(sentence).doesNotContain("\tat ");
    assertThat(err.toString().lines()).hasSize(1);
    assertThat(out.toString()).isEmpty();
  }
}

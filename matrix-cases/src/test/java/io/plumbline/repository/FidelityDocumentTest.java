package io.plumbline.repository;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.plumbline.matrix.dataset.LogicalType;
import io.plumbline.matrix.registry.Matrix;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What {@code fidelity.json} holds after one strategy of every pair, with all columns. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FidelityDocumentTest {
  private static final int COLUMNS = 126;

  private JsonNode document = JsonMapper.builder().build().nullNode();

  @BeforeAll
  void runEveryPair(@TempDir Path artifacts) throws Exception {
    ContractRun.Outcome outcome =
        ContractRun.of(
                "mvn verify -Pmatrix-mock-contract -Dmatrix.strategy=full_refresh -Dmatrix.rows=20")
            .orElseThrow()
            .run(artifacts);
    assertThat(outcome.green()).as(outcome.text()).isTrue();
    document = new JsonMapper().readTree(artifacts.resolve("fidelity.json").toFile());
  }

  @Test
  void everyPairIsThereOnceInTheOrderOfTheRegistry() {
    Set<String> expected = new LinkedHashSet<>();
    Matrix.ofClassPath(Matrix.CANONICAL)
        .cases()
        .forEach(each -> expected.add(each.id().source() + " to " + each.id().sink()));
    assertThat(document.path("schema").asText()).isEqualTo("plumbline.matrix.fidelity/1");
    assertThat(document.path("pairs"))
        .extracting(p -> p.path("source").asText() + " to " + p.path("sink").asText())
        .containsExactlyElementsOf(expected)
        .hasSize(30);
  }

  @Test
  void everyPairHasEveryTypeWithWhatBothSidesPromise() {
    assertThat(document.path("pairs")).isNotEmpty();
    for (JsonNode pair : document.path("pairs")) {
      List<String> types = new ArrayList<>();
      List<String> columns = new ArrayList<>();
      for (JsonNode line : pair.path("types")) {
        types.add(line.path("type").asText());
        line.path("columns").forEach(column -> columns.add(column.asText()));
        for (String side : List.of("source", "sink")) {
          assertThat(line.path(side).path("native_type").asText()).as(line.toString()).isNotBlank();
          assertThat(line.path(side).path("fidelity").asText()).as(line.toString()).isNotBlank();
        }
        assertThat(line.path("arrives").asText()).as(line.toString()).isIn(ids());
      }
      assertThat(new LinkedHashSet<>(types)).containsExactlyInAnyOrderElementsOf(ids());
      assertThat(columns).hasSize(COLUMNS).doesNotHaveDuplicates();
    }
  }

  private static List<String> ids() {
    return Arrays.stream(LogicalType.values()).map(LogicalType::id).toList();
  }

  /** By the vendors' pages: no NaN in SQL Server, no 256 bits in BigQuery, no NULL array. */
  @Test
  void whatArrivesIsWhatIsReadBack() {
    assertThat(line("postgres", "mssql", "double"))
        .hasToString(
            "{\"type\":\"double\",\"source\":{\"native_type\":\"double precision\",\"fidelity\":\"EXACT\"},"
                + "\"sink\":{\"native_type\":\"varchar(24)\",\"fidelity\":\"AS_TEXT(float)\"},"
                + "\"arrives\":\"long_text\",\"columns\":[\"w006_double\",\"w012_double\"]}");
    assertThat(line("postgres", "bigquery", "int256").path("arrives").asText())
        .isEqualTo("long_text");
    assertThat(line("kafka", "bigquery", "oid").path("arrives").asText()).isEqualTo("bigint");
    assertThat(line("mysql", "clickhouse", "int_array").path("arrives").asText())
        .isEqualTo("long_text");
    assertThat(line("api", "kafka", "struct").path("arrives").asText()).isEqualTo("json");
    assertThat(line("mssql", "mssql", "datetimeoffset_7").path("arrives").asText())
        .isEqualTo("datetimeoffset_7");
  }

  private JsonNode line(String source, String sink, String type) {
    return StreamSupport.stream(document.path("pairs").spliterator(), false)
        .filter(p -> p.path("source").asText().equals(source))
        .filter(p -> p.path("sink").asText().equals(sink))
        .flatMap(p -> StreamSupport.stream(p.path("types").spliterator(), false))
        .filter(t -> t.path("type").asText().equals(type))
        .findFirst()
        .orElseThrow();
  }
}

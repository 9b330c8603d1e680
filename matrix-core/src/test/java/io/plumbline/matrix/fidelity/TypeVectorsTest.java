package io.plumbline.matrix.fidelity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.matrix.connector.Connector;
import io.plumbline.matrix.dataset.LogicalType;
import io.plumbline.matrix.dataset.ValueDomain;
import io.plumbline.matrix.registry.InvalidInputException;
import io.plumbline.matrix.run.PlainConnector;
import io.plumbline.matrix.run.StandardRunTest;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TypeVectorsTest {

  private static List<TypeVector> read(String text) {
    return TypeVectors.read(
        "v.jsonl", new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void anEmptyFileIsRefused() {
    assertThatThrownBy(() -> read(""))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("v.jsonl has 0 vectors and none of smallint, integer, bigint,");
  }

  @Test
  void aTypeWithoutVectorIsRefused() {
    assertThatThrownBy(() -> read("{\"type\":\"smallint\",\"name\":\"zero\",\"value\":\"0\"}\n"))
        .hasMessageContaining("v.jsonl has 1 vectors and none of integer, bigint,")
        .hasMessageEndingWith("; every logical type needs one.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{`type`:`int`,`name`:`a`,`value`:`1`}            | v.jsonl:1: the type 'int' is not known; allowed are smallint, integer,",
        "{`type`:`date`,`name`:`a`,`value`:`yesterday`}   | v.jsonl:1: 'yesterday' is no value of date; it is written as a LocalDate.",
        "{`type`:`bigint`,`name`:`a`,`value`:`1.5`}       | v.jsonl:1: '1.5' is no value of bigint; it is written as a Long.",
        "{`type`:`boolean`,`name`:`a`,`value`:`yes`}      | v.jsonl:1: 'yes' is no value of boolean; it is written as a Boolean.",
        "{`type`:`int_array`,`name`:`a`,`value`:`{}`}     | v.jsonl:1: '{}' is no value of int_array; it is written as a List.",
        "{`type`:`blob`,`name`:`a`,`value`:`0`}           | v.jsonl:1: '0' is no value of blob; it is written as a Bytes.",
        "{`type`:`smallint`,`name`:`a`,`value`:`40000`}   | v.jsonl:1: '40000' is no edge vector of smallint; take one of the domain's, or add it there.",
        "{`type`:`decimal_18_4`,`name`:`a`,`value`:`1.0`} | v.jsonl:1: '1.0' is no edge vector of decimal_18_4",
        "{`type`:`date`,`name`:`A b`,`value`:`2000-01-01`} | v.jsonl:1: the name 'A b' is not allowed",
        "{`type`:`date`,`name`:`a`}                       | v.jsonl:1: type, name or value is missing",
        "{`type`:`date`,`colour`:`red`}                   | v.jsonl:1: Unrecognized field \"colour\"",
        "{`type`:`date`,`type`:`time`}                    | v.jsonl:1: Duplicate field 'type'",
        "{} {}                                            | v.jsonl:1: Trailing token",
        "nonsense                                         | v.jsonl:1: Unrecognized token 'nonsense'",
        "null                                             | v.jsonl:1: type, name or value is missing"
      })
  void aWrongLineIsRefusedInOneSentence(String line, String sentence) {
    assertThatThrownBy(() -> read(line.replace('`', '"')))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith(sentence)
        .extracting(Throwable::getMessage)
        .asString()
        .doesNotContain("\n");
  }

  @Test
  void theSameNameTwiceIsRefused() {
    String line = "{\"type\":\"smallint\",\"name\":\"zero\",\"value\":\"0\"}\n";
    assertThatThrownBy(() -> read(line + line))
        .hasMessage("v.jsonl:2: the vector smallint/zero is there twice; give one another name.");
  }

  @Test
  void everyEdgeOfTheDomainCanBeWrittenInAFile() {
    for (LogicalType type : LogicalType.values()) {
      for (Object edge : ValueDomain.edges(type)) {
        assertThat(CanonicalText.parse(type, text(edge))).as(type.id()).isEqualTo(edge);
      }
    }
  }

  private static String text(Object value) {
    if (value instanceof io.plumbline.matrix.dataset.Bytes bytes) {
      return bytes.toHex();
    }
    if (value instanceof List<?> list) {
      try {
        return new com.fasterxml.jackson.databind.ObjectMapper().writeValueAsString(list);
      } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
        throw new IllegalStateException(e);
      }
    }
    return value.toString();
  }

  private static VectorRun.Result run(Map<String, String> expected) {
    List<Connector> connectors = PlainConnector.ofTheCube();
    return new VectorRun(StandardRunTest.cube(), connectors)
        .run(
            List.of(new TypeVector(LogicalType.DOUBLE, "nan", Double.NaN, new TreeMap<>(expected))),
            1);
  }

  @Test
  void whatAHumanExpectsIsCompared() {
    assertThat(run(Map.of("mssql", "double NaN", "kafka sink", "double NaN")))
        .satisfies(
            result -> {
              assertThat(result.problems()).isEmpty();
              assertThat(result.literals()).isEqualTo(3);
            });
    assertThat(run(Map.of("postgres_to_mssql", "long_text NaN")).problems())
        .containsExactly(
            "Vector double/nan at postgres_to_mssql: a human expects 'long_text NaN', the declarations make 'double NaN'.");
    assertThat(run(Map.of("postgres_to_mssql", "absent")).problems()).hasSize(1);
    assertThat(run(Map.of("postgres_to_mssql", "double nought")).problems())
        .containsExactly(
            "Vector double/nan at postgres_to_mssql: 'nought' is no value of double; it is written as a Double.");
  }

  @Test
  void anUnknownPlaceIsAProblem() {
    assertThat(run(Map.of("oracle", "double NaN", "mssql", "double NaN")).problems())
        .containsExactly(
            "Vector double/nan expects something of 'oracle'; allowed are families, like mssql or kafka sink, and pairs, like mssql_to_bigquery.");
  }

  @Test
  void noVectorsAreAProblem() {
    assertThat(
            new VectorRun(StandardRunTest.cube(), PlainConnector.ofTheCube())
                .run(List.of(), 1)
                .problems())
        .containsExactly("No vector was run; every logical type needs one.");
  }

  @Test
  void vectorsOfWhichAHumanExpectsNothingAreAProblem() {
    assertThat(run(Map.of()).problems())
        .containsExactly(
            "None of 1 vectors was compared with what a human expects; write it into expect of one at least.");
  }
}

package io.plumbline.matrix.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MatrixTest {
  private static final String VALID =
      """
      schema: plumbline.matrix.registry/1
      sources: [postgres, mysql]
      sinks: [postgres, kafka]
      strategies: [full_refresh, xmin, scd2]
      rejections:
        - strategy: [xmin]
          source: [mysql]
          code: source_has_no_xmin
          reason: No xmin.
          instead: [full_refresh]
        - strategy: [scd2, xmin]
          sink: [kafka]
          code: sink_has_no_history
          reason: No history.
          instead: [full_refresh]
      """;

  private static Matrix read(String yaml) {
    return Matrix.read(
        "matrix.yaml", new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void expandsTheAxesInTheOrderSourceSinkStrategy() {
    assertThat(read(VALID).cases())
        .extracting(c -> c.id().toString())
        .startsWith(
            "postgres_to_postgres__full_refresh",
            "postgres_to_postgres__xmin",
            "postgres_to_postgres__scd2",
            "postgres_to_kafka__full_refresh")
        .endsWith("mysql_to_kafka__scd2")
        .hasSize(12)
        .doesNotHaveDuplicates();
  }

  @Test
  void everyCellIsEitherSupportedOrARejection() {
    Matrix matrix = read(VALID);
    assertThat(matrix.supported()).hasSize(7);
    assertThat(matrix.rejections()).hasSize(5);
  }

  @Test
  void theFirstRuleThatHitsACellDecides() {
    assertThat(read(VALID).find("mysql_to_kafka__xmin").orElseThrow().support())
        .isEqualTo(
            new MatrixCase.Rejected(
                "source_has_no_xmin", "No xmin.", List.of(Strategy.FULL_REFRESH)));
  }

  @Test
  void aRuleWithoutAnAxisHitsAllOfIt() {
    assertThat(read(VALID).find("postgres_to_kafka__scd2").orElseThrow().supported()).isFalse();
    assertThat(read(VALID).find("mysql_to_kafka__scd2").orElseThrow().supported()).isFalse();
  }

  private static final Family POSTGRES = new Family("postgres");

  private static List<String> ids(Matrix matrix, String base) {
    return matrix.cases().stream()
        .map(MatrixCase::id)
        .filter(id -> id.base().toString().equals(base))
        .map(CaseId::toString)
        .toList();
  }

  @Test
  void whatIsSupportedIsRepeatedPerVersionAndWhatIsRefusedIsNot() {
    Matrix matrix = read(VALID).withVersions(Map.of(POSTGRES, List.of("15", "16.4-alpine")));
    assertThat(ids(matrix, "postgres_to_kafka__full_refresh"))
        .containsExactly(
            "postgres_to_kafka__full_refresh@postgres-15",
            "postgres_to_kafka__full_refresh@postgres-16.4-alpine");
    assertThat(ids(matrix, "mysql_to_kafka__full_refresh"))
        .containsExactly("mysql_to_kafka__full_refresh");
    assertThat(ids(matrix, "postgres_to_kafka__xmin")).containsExactly("postgres_to_kafka__xmin");
    assertThat(matrix.rejections()).isEqualTo(read(VALID).rejections());
    assertThat(matrix.find("postgres_to_kafka__full_refresh")).isEmpty();
    assertThat(matrix.find("postgres_to_kafka__full_refresh@postgres-15"))
        .map(MatrixCase::id)
        .hasValueSatisfying(id -> assertThat(id.version(POSTGRES)).hasValue("15"));
  }

  @Test
  void twoFamiliesOfVersionsGiveEveryCombinationInTheOrderSourceSink() {
    Matrix matrix =
        read(VALID)
            .withVersions(
                Map.of(POSTGRES, List.of("15", "16"), new Family("mysql"), List.of("8.4", "9.1")));
    assertThat(ids(matrix, "mysql_to_postgres__full_refresh"))
        .containsExactly(
            "mysql_to_postgres__full_refresh@mysql-8.4@postgres-15",
            "mysql_to_postgres__full_refresh@mysql-8.4@postgres-16",
            "mysql_to_postgres__full_refresh@mysql-9.1@postgres-15",
            "mysql_to_postgres__full_refresh@mysql-9.1@postgres-16");
  }

  @Test
  void aFamilyWithItselfIsOfOneVersion() {
    Matrix matrix = read(VALID).withVersions(Map.of(POSTGRES, List.of("15", "16")));
    assertThat(ids(matrix, "postgres_to_postgres__scd2"))
        .containsExactly(
            "postgres_to_postgres__scd2@postgres-15", "postgres_to_postgres__scd2@postgres-16");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a_to_b__xmin | {}",
        "a_to_b__xmin@a-15 | {a=15}",
        "a_to_b__xmin@b-16.4-alpine | {b=16.4-alpine}",
        "a_to_b__xmin@a-8.4@b-16 | {a=8.4, b=16}",
        "a_to_b__xmin@a-latest | {}",
        "a_to_b__xmin@a-1/2 | {}"
      })
  void anIdNamesItsVersions(String id, String versions) {
    assertThat(new TreeMap<>(CaseId.versionsOf(id))).hasToString(versions);
  }

  @Test
  void findsNothingForAnUnknownId() {
    assertThat(read(VALID).find("postgres_to_oracle__xmin")).isEmpty();
  }

  @Test
  void aRegistryMayHaveNoRejections() {
    String yaml = VALID.substring(0, VALID.indexOf("rejections"));
    assertThat(read(yaml).supported()).hasSize(12);
  }

  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          registry/1                   | registry/2           | /schema is 'plumbline.matrix.registry/2'; allowed is plumbline.matrix.registry/1
          schema: plumbline.matrix.registry/1 | ``            | /schema is missing; it must be there
          sources: [postgres, mysql]   | ``                   | /sources is missing; it must be there
          sinks: [postgres, kafka]     | ``                   | /sinks is missing; it must be there
          strategies: [full_refresh, xmin, scd2] | ``         | /strategies is missing; it must be there
          sources: [postgres, mysql]   | sources: []          | /sources is []; allowed is a list of at least one family, each once
          sources: [postgres, mysql]   | sources: postgres    | /sources is 'postgres'; allowed is a list of at least one family, each once
          sources: [postgres, mysql]   | sources: [postgres, 7] | /sources/1 is 7; allowed is a family's id
          sources: [postgres, mysql]   | sources: [postgres, Mysql] | /sources/1 is 'Mysql'; allowed is a family's id: lower-case letters
          sources: [postgres, mysql]   | sources: [postgres, "mysql\\x0a"] | /sources/1 is 'mysql\\n'; allowed is a family's id
          sources: [postgres, mysql]   | sources: [postgres, mysql, postgres] | /sources is ["postgres","mysql","postgres"]; allowed is a list of at least one family, each once
          strategies: [full_refresh, xmin, scd2] | strategies: [full_refresh, xmin, scd3] | /strategies/2 is 'scd3'; allowed is full_refresh, incremental_append,
          rejections:                  | rejection:           | /rejection is not a known key; allowed are schema, guides, sources, sinks, strategies, rejections
          sources:                     | source:              | /source is not a known key; allowed are schema, guides, sources, sinks, strategies, rejections
          source: [mysql]              | source: [oracle]     | /rejections/0/source/0 is 'oracle'; allowed is postgres, mysql
          sink: [kafka]                | sink: [mysql]        | /rejections/1/sink/0 is 'mysql'; allowed is postgres, kafka
          strategy: [xmin]             | strategy: [cdc]      | /rejections/0/strategy/0 is 'cdc'; allowed is full_refresh, xmin, scd2
          source: [mysql]              | when: [mysql]        | /rejections/0/when is not a known key; allowed are source, sink, strategy, code, reason, instead
          source: [mysql]              | source: []           | /rejections/0/source is []; allowed is a list of at least one family
          code: source_has_no_xmin     | code: No!            | /rejections/0/code is 'No!'; allowed is an error code: lower-case letters
          code: source_has_no_xmin     | code: a\\n    code: b | is not valid: Duplicate field 'code'; allowed is one YAML document, each key once
          reason: No xmin.             | reason: ' '          | /rejections/0/reason is ' '; allowed is a sentence that is not blank
          instead: [full_refresh]      | ``                   | /rejections/0/instead is missing; it must be there
          instead: [full_refresh]      | instead: [xmin]      | /rejections/0/instead is 'xmin', but mysql_to_postgres__xmin is refused too
          sources: [postgres, mysql]   | sources: [postgres   | is not valid:
          schema: plumbline            | - schema: plumbline  | is not valid:
          """)
  void refusesAMalformedRegistry(String from, String to, String sentence) {
    assertThat(VALID).contains(from);
    String replaced =
        VALID.replaceFirst(Pattern.quote(from), Matcher.quoteReplacement(to.replace("\\n", "\n")));
    assertThatThrownBy(() -> read(replaced))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("matrix.yaml: ")
        .hasMessageContaining(sentence);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"[] | the document is []", "text | the document is 'text'"})
  void refusesADocumentThatIsNoMapping(String yaml, String sentence) {
    assertThatThrownBy(() -> read(yaml))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(sentence)
        .hasMessageContaining("allowed is a mapping with the keys schema");
  }
}

package io.plumbline.matrix.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {
  private static final Redaction PLAIN = new Redaction(List.of());

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "no connection to jdbc:postgresql://db.example.org:5432/x?user=a&password=hunter22, sorry | no connection to jdbc:postgresql:***, sorry",
        "postgres://admin:hunter22@db.example.org/x | postgres://***@db.example.org/x",
        "as admin:hunter22@db.example.org | as ***@db.example.org",
        "password=hunter22;encrypt=true | password=***;encrypt=true",
        "Password: hunter22 | Password: ***",
        "{\"password\": \"hunter 22\", \"rows\": 3} | {\"password\": ***, \"rows\": 3}",
        "sasl.jaas.config=x username='me' password='hunter22'; | sasl.jaas.config=x username='me' password=***;",
        "aws_secret_access_key=hunter22 | aws_secret_access_key=***",
        "api-key=hunter22&page=2 | api-key=***&page=2",
        "token = hunter22 | token = ***"
      })
  void takesOutWhatLooksLikeACredential(String text, String expected) {
    assertThat(PLAIN.apply(text)).isEqualTo(expected).doesNotContain("hunter22");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "password",
        "passwd",
        "passphrase",
        "pwd",
        "secret",
        "token",
        "credential",
        "credentials",
        "apikey",
        "api_key",
        "access.key",
        "access-key",
        "private_key",
        "PrivateKey",
        "DB_PASSWORD"
      })
  void knowsEveryWordThatASecretIsCalledBy(String word) {
    assertThat(PLAIN.apply(word + "=hunter22")).isEqualTo(word + "=***");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "key 7, column w001_smallint: expected 1, actual 2",
        "Round change, check row_count: expected 10000, actual 9999.",
        "2026-06-03T12:00:00Z",
        "mvn verify -Pmatrix-mock-contract -Dmatrix.case=postgres_to_mssql__xmin -Dmatrix.seed=1",
        "ada@example.org",
        "create table t (token_count int)"
      })
  void leavesOrdinaryTextAlone(String text) {
    assertThat(PLAIN.apply(text)).isEqualTo(text);
  }

  @Test
  void takesOutRegisteredSecretsWhereverTheyStand() {
    Redaction redaction = new Redaction(List.of("s3cr3t-long", "s3cr3t"));
    assertThat(redaction.apply("<s3cr3t-long/s3cr3t>")).isEqualTo("<***/***>");
  }

  @Test
  void aVeryShortSecretWouldTearOrdinaryTextsApart() {
    assertThat(new Redaction(List.of("1")).apply("row 1 of 11")).isEqualTo("row 1 of 11");
  }

  @Test
  void knowsTheValuesOfSecretNames() {
    Redaction redaction =
        Redaction.of(
            Map.of("db.password", "canary-one", "matrix.rows", "canary-not"),
            Map.of(
                "GITHUB_TOKEN", "canary-two",
                "DB_PWD", "canary-three",
                "TOKENIZERS_PARALLELISM", "canary-kept",
                "PWD", "/home/me"));
    assertThat(
            redaction.apply("canary-one canary-two canary-three canary-not canary-kept /home/me"))
        .isEqualTo("*** *** *** canary-not canary-kept /home/me");
  }

  @Test
  void redactingTwiceChangesNothing() {
    String once = PLAIN.apply("password=hunter22 admin:hunter22@x");
    assertThat(PLAIN.apply(once)).isEqualTo(once);
  }
}

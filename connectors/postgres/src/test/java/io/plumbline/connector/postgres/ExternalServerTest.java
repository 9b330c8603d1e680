package io.plumbline.connector.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.matrix.connector.EvidenceLevel;
import io.plumbline.matrix.connector.ExternalEndpoint;
import io.plumbline.matrix.oracle.Verdict;
import io.plumbline.matrix.registry.InvalidInputException;
import io.plumbline.matrix.registry.Matrix;
import io.plumbline.matrix.registry.MatrixCase;
import io.plumbline.matrix.registry.RunMode;
import io.plumbline.matrix.run.CaseResult;
import io.plumbline.matrix.run.RunSettings;
import io.plumbline.matrix.run.StandardRun;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that was there before the run, and a user who is not its administrator. */
@ExtendWith(Postgres.class)
final class ExternalServerTest {
  private static final String USER = "plumbline_guest";
  private static final String PASSWORD = "canary-of-a-password";
  private static final String REGISTRY =
      """
      schema: plumbline.matrix.registry/1
      sources: [postgres]
      sinks: [postgres]
      strategies: [scd2, xmin, cdc]
      rejections: []
      """;

  private final Matrix matrix =
      Matrix.read("test", new ByteArrayInputStream(REGISTRY.getBytes(StandardCharsets.UTF_8)));
  private final PostgresSystem server;
  @TempDir private Path artifacts = Path.of("");

  ExternalServerTest(PostgresSystem server) {
    this.server = server;
  }

  @BeforeEach
  void aGuestWhoNeedsAPassword() throws IOException {
    try (Session session = Session.open(server.endpoint(), "test")) {
      Path rules = Path.of(session.text("SHOW hba_file").orElseThrow());
      String guest =
          "host all %1$s all scram-sha-256%nhost replication %1$s all scram-sha-256%n"
              .formatted(USER);
      String known = Files.readString(rules);
      if (!known.contains(USER)) {
        Files.writeString(rules, guest + known);
      }
      session.execute("SELECT pg_reload_conf()");
      session.execute("CREATE ROLE %s LOGIN REPLICATION PASSWORD '%s'".formatted(USER, PASSWORD));
      session.execute("GRANT CREATE ON DATABASE postgres TO " + USER);
    }
  }

  @AfterEach
  void noGuest() {
    try (Session session = Session.open(server.endpoint(), "test")) {
      session.execute("DROP OWNED BY " + USER);
      session.execute("DROP ROLE " + USER);
    }
  }

  private CaseResult run(MatrixCase one, StandardRun run) {
    CaseResult result = run.run(one);
    assertThat(result.reason()).doesNotContain(PASSWORD);
    return result;
  }

  private StandardRun run(String database, String password) {
    return new StandardRun(
        new RunSettings(
            RunMode.MOCK_LOCAL,
            Postgres.volume(500),
            artifacts,
            1,
            Duration.ofMinutes(5),
            Duration.ofMinutes(5),
            Map.of(
                PostgresTypes.FAMILY,
                new ExternalEndpoint(
                    "jdbc:postgresql://localhost:%d/%s"
                        .formatted(server.endpoint().port(), database),
                    USER,
                    password))),
        matrix,
        List.of(new PostgresConnector()));
  }

  /** What somebody else would find on the server. */
  private List<String> everything() {
    try (Session session = Session.open(server.endpoint(), "test")) {
      return session.query(
          row -> row.getString(1),
          """
          SELECT 'schema ' || nspname FROM pg_namespace
          WHERE nspname NOT LIKE 'pg\\_temp%' AND nspname NOT LIKE 'pg\\_toast%'
          UNION ALL SELECT 'slot ' || slot_name FROM pg_replication_slots
          UNION ALL SELECT 'publication ' || pubname FROM pg_publication
          UNION ALL SELECT 'database ' || datname FROM pg_database
          ORDER BY 1
          """);
    }
  }

  @Test
  void runsCasesAndKeepsNothingOfThem() {
    List<String> before = everything();
    try (StandardRun run = run("postgres", PASSWORD)) {
      for (MatrixCase one : matrix.cases()) {
        CaseResult result = run(one, run);
        assertThat(result.verdict()).as(result.reason()).isEqualTo(Verdict.PASS);
        assertThat(result.contract().orElseThrow().level()).isEqualTo(EvidenceLevel.EXTERNAL);
      }
    }
    assertThat(everything()).isEqualTo(before);
  }

  @Test
  void aWrongPasswordIsABrokenLabThatSaysSo() {
    try (StandardRun run = run("postgres", "another-" + PASSWORD)) {
      CaseResult result = run(matrix.cases().get(0), run);
      assertThat(result.verdict()).isEqualTo(Verdict.UNKNOWN);
      assertThat(result.reason())
          .startsWith("postgres: the external system cannot be used: ")
          .contains("password authentication failed for user \"" + USER + "\"");
    }
  }

  @Test
  void aMissingDatabaseIsABrokenLabThatSaysSo() {
    try (StandardRun run = run("nowhere", PASSWORD)) {
      CaseResult result = run(matrix.cases().get(0), run);
      assertThat(result.verdict()).isEqualTo(Verdict.UNKNOWN);
      assertThat(result.reason()).contains("database \"nowhere\" does not exist");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost:5432",
        "jdbc:postgresql://localhost:5432",
        "jdbc:postgresql://me:secret@localhost/test",
        "jdbc:postgresql://localhost/test?password=secret",
        "jdbc:mysql://localhost/test"
      })
  void anAddressOfAnotherFormIsRefused(String address) {
    assertThatThrownBy(
            () -> new PostgresConnector().connect(new ExternalEndpoint(address, "me", "")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("allowed is jdbc:postgresql://host:port/database");
  }
}

package io.plumbline.connector.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.connector.tck.ExternalSystemContract;
import io.plumbline.matrix.connector.ExternalEndpoint;
import io.plumbline.matrix.connector.RunningSystem;
import io.plumbline.matrix.registry.InvalidInputException;
import io.plumbline.matrix.registry.Strategy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that was there before the run, and a user who is not its administrator. */
@ExtendWith(Postgres.class)
final class ExternalServerTest extends ExternalSystemContract {
  private static final String USER = "plumbline_guest";

  private final PostgresSystem server;

  ExternalServerTest(PostgresSystem server) {
    super(new PostgresConnector(), EnumSet.of(Strategy.SCD2, Strategy.XMIN, Strategy.CDC));
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

  private ExternalEndpoint endpoint(String database, String password) {
    return new ExternalEndpoint(
        "jdbc:postgresql://localhost:%d/%s".formatted(server.endpoint().port(), database),
        USER,
        password);
  }

  @Override
  protected ExternalEndpoint endpoint() {
    return endpoint("postgres", PASSWORD);
  }

  @Override
  protected List<Unusable> unusable() {
    return List.of(
        new Unusable(
            endpoint("postgres", "another-" + PASSWORD),
            List.of(
                "postgres: the external system cannot be used: ",
                "password authentication failed for user \"" + USER + "\"")),
        new Unusable(
            endpoint("nowhere", PASSWORD), List.of("database \"nowhere\" does not exist")));
  }

  @Override
  protected List<String> everything() {
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

  /** Whoever only speaks the protocol is not what its evidence would be taken for. */
  @Test
  void anotherProductIsNotTakenForPostgres() throws SQLException {
    String database = "plumbline_other";
    try (Session session = Session.open(server.endpoint(), "test")) {
      session.execute("CREATE DATABASE " + database);
      ExternalEndpoint other =
          new ExternalEndpoint(
              "jdbc:postgresql://localhost:%d/%s".formatted(server.endpoint().port(), database),
              "postgres",
              "");
      try (Connection connection = DriverManager.getConnection(other.address(), "postgres", "");
          Statement statement = connection.createStatement()) {
        statement.execute(
            "CREATE FUNCTION public.version() RETURNS text LANGUAGE sql AS $$SELECT 'OtherDB 1.2 on x86'$$");
        statement.execute(
            "ALTER DATABASE %s SET search_path = public, pg_catalog".formatted(database));
      }
      try (RunningSystem system = new PostgresConnector().connect(other)) {
        assertThat(system.info().product()).isEqualTo("OtherDB");
      } finally {
        session.execute("DROP DATABASE %s WITH (FORCE)".formatted(database));
      }
    }
    assertThat(server.info().product()).isEqualTo("PostgreSQL");
  }
}

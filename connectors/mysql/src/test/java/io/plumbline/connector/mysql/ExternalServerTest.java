package io.plumbline.connector.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.connector.tck.ChangeLogContract;
import io.plumbline.matrix.connector.EvidenceLevel;
import io.plumbline.matrix.connector.ExternalEndpoint;
import io.plumbline.matrix.connector.Feature;
import io.plumbline.matrix.connector.RunningSystem;
import io.plumbline.matrix.connector.SystemFailureException;
import io.plumbline.matrix.lab.UserCache;
import io.plumbline.matrix.registry.InvalidInputException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that was there before the run, and a user who is not its administrator. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ExternalServerTest {
  private static final String PASSWORD = "canary-of-a-password";

  private EmbeddedMariadb server;
  private RunningSystem owner;
  private RunningSystem guest;

  @BeforeAll
  void aGuestWhoNeedsAPassword(@TempDir Path home) throws IOException, SQLException {
    server =
        EmbeddedMariadb.start(
            home.resolve("mariadb"), UserCache.ofJvm().folder(), EmbeddedMariadb.ANY_PORT);
    owner = server.system();
    execute(
        // It was started without looking at rights; from here on it looks.
        "FLUSH PRIVILEGES",
        "CREATE USER root@'%' IDENTIFIED BY ''",
        "GRANT ALL PRIVILEGES ON *.* TO root@'%' WITH GRANT OPTION",
        "CREATE USER guest IDENTIFIED BY '%s'".formatted(PASSWORD),
        "GRANT SELECT, INSERT, UPDATE, DELETE, CREATE, DROP, INDEX, LOCK TABLES, RELOAD,"
            + " BINLOG ADMIN, BINLOG MONITOR, REPLICATION SLAVE ON *.* TO guest");
    guest = connect(PASSWORD);
  }

  @AfterAll
  void nothingIsLeft() throws SQLException {
    guest.close();
    try {
      assertThat(databases()).noneMatch(name -> name.startsWith("pl_"));
    } finally {
      owner.close();
    }
  }

  private void execute(String... all) throws SQLException {
    try (Connection connection = server.address().endpoint().connect();
        Statement statement = connection.createStatement()) {
      for (String sql : all) {
        statement.execute(sql);
      }
    }
  }

  private List<String> databases() throws SQLException {
    List<String> names = new ArrayList<>();
    try (Connection connection = server.address().endpoint().connect();
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery("SHOW DATABASES")) {
      while (found.next()) {
        names.add(found.getString(1));
      }
    }
    return names;
  }

  private RunningSystem connect(String password) {
    return new MysqlConnector()
        .connect(
            new ExternalEndpoint(
                "jdbc:mariadb://localhost:%d/".formatted(server.address().port()),
                "guest",
                password));
  }

  @Test
  void saysWhatItIs() throws SQLException {
    try (RunningSystem system = connect(PASSWORD)) {
      assertThat(system.info().product()).isEqualTo("MariaDB");
      assertThat(system.info().level()).isEqualTo(EvidenceLevel.EXTERNAL);
      assertThat(system.missing(Feature.CHANGE_LOG)).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"binlog_format, ROW, STATEMENT", "binlog_row_image, FULL, MINIMAL"})
  void withoutWholeRowsInItsLogItHasNoChangeLog(String variable, String needed, String other)
      throws SQLException {
    execute("SET GLOBAL %s = '%s'".formatted(variable, other));
    try (RunningSystem system = connect(PASSWORD)) {
      assertThat(system.missing(Feature.CHANGE_LOG))
          .contains(
              "change data capture needs %s '%s'; the server has '%s'."
                  .formatted(variable, needed, other));
    } finally {
      execute("SET GLOBAL %s = '%s'".formatted(variable, needed));
    }
  }

  /** A guest's change log is everybody's. */
  @Nested
  final class GuestsChanges extends ChangeLogContract {
    GuestsChanges() {
      super(new MysqlConnector(), guest);
    }
  }

  @Test
  void aWrongPasswordIsABrokenLabThatShowsItToNobody() {
    assertThatThrownBy(() -> connect("another-" + PASSWORD))
        .hasMessageContaining("Access denied for user 'guest'")
        .hasMessageNotContaining(PASSWORD);
  }

  @Test
  void nobodyAtTheAddressIsABrokenLab() {
    assertThatThrownBy(
            () ->
                new MysqlConnector()
                    .connect(new ExternalEndpoint("jdbc:mariadb://localhost:1/", "guest", "")))
        .isInstanceOf(SystemFailureException.class)
        .hasMessageStartingWith("mysql: ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost:3306",
        "jdbc:mariadb://me:secret@localhost/",
        "jdbc:mariadb://localhost/?password=secret",
        "jdbc:mariadb://localhost/?allowPublicKeyRetrieval=true&allowLocalInfile=true",
        "jdbc:postgresql://localhost/test"
      })
  void anAddressOfAnotherFormIsRefused(String address) {
    assertThatThrownBy(() -> new MysqlConnector().connect(new ExternalEndpoint(address, "me", "")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("allowed is jdbc:mariadb://host:port/");
  }
}

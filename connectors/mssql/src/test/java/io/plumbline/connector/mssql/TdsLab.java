package io.plumbline.connector.mssql;

import io.plumbline.connector.jdbc.Endpoint;
import io.plumbline.connector.jdbc.JdbcDialect;
import io.plumbline.connector.mssql.tds.TdsFront;
import io.plumbline.connector.tck.SharedSystem;
import io.plumbline.matrix.connector.EvidenceLevel;
import io.plumbline.matrix.connector.ExternalEndpoint;
import io.plumbline.matrix.connector.FileTree;
import io.plumbline.matrix.connector.RunningSystem;
import io.plumbline.matrix.connector.SystemProvider;
import io.plumbline.matrix.registry.RunMode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.regex.Pattern;

/**
 * SQL Server's protocol in front of H2: its real driver talks to it, and H2 plays the server
 * behind. What only SQL Server says in its own words is translated.
 */
record TdsLab(Path home, Endpoint database, TdsFront front) implements AutoCloseable {
  static final String USER = "guest";
  static final String PASSWORD = "canary-of-a-password";

  private static final Pattern RENAME = Pattern.compile("EXEC sp_rename N'([^']+)', N'([^']+)'");

  static TdsLab start(Path home) throws IOException {
    return start(home, true);
  }

  static TdsLab start(Path home, boolean snapshots) throws IOException {
    Endpoint database = H2Provider.endpoint(home);
    return new TdsLab(
        home,
        database,
        new TdsFront(
            (user, password) -> open(database, user, password), sql -> translated(sql, snapshots)));
  }

  private static Connection open(Endpoint database, String user, String password)
      throws SQLException {
    if (!user.equals(USER) || !password.equals(PASSWORD)) {
      throw new SQLException("Login failed for user '%s'.".formatted(user));
    }
    return database.connect();
  }

  private static String translated(String sql, boolean snapshots) {
    if (sql.equals("SELECT @@VERSION")) {
      return "SELECT 'Some Server 2022 (RTM-CU14) (KB1) - 16.0.1 (X64)'";
    }
    if (sql.contains("sys.tables")) {
      return (sql.contains("sys.columns")
              ? JdbcDialect.Catalogue.STANDARD.columns()
              : JdbcDialect.Catalogue.STANDARD.tables())
          .replaceFirst("\\?", "@P0")
          .replaceFirst("\\?", "@P1");
    }
    if (sql.equals("SELECT snapshot_isolation_state FROM sys.databases WHERE name = DB_NAME()")) {
      return "SELECT " + (snapshots ? 1 : 0);
    }
    return RENAME.matcher(sql).replaceAll("ALTER TABLE $1 RENAME TO [$2]");
  }

  ExternalEndpoint endpoint() {
    return endpoint(PASSWORD);
  }

  ExternalEndpoint endpoint(String password) {
    return new ExternalEndpoint(
        "jdbc:sqlserver://127.0.0.1:%d;databaseName=master;encrypt=false".formatted(front.port()),
        USER,
        password);
  }

  @Override
  public void close() {
    front.close();
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("SHUTDOWN");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    try {
      FileTree.remove(home);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One for all tests of the JVM. */
  static final class Shared extends SharedSystem {
    Shared() {
      super(new Provider());
    }
  }

  private record Provider() implements SystemProvider {
    @Override
    public boolean serves(RunMode mode) {
      return true;
    }

    @Override
    public RunningSystem start(Path workDirectory) {
      try {
        TdsLab lab = TdsLab.start(workDirectory.resolve("tds"));
        return SqlServer.of(lab.endpoint()).system(EvidenceLevel.STAND_IN, lab::close);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}

package io.plumbline.connector.mssql;

import io.plumbline.connector.jdbc.Endpoint;
import io.plumbline.connector.jdbc.JdbcDialect;
import io.plumbline.connector.mssql.capture.Captures;
import io.plumbline.connector.mssql.tds.TdsFront;
import io.plumbline.connector.tck.SharedSystem;
import io.plumbline.matrix.connector.EvidenceLevel;
import io.plumbline.matrix.connector.ExternalEndpoint;
import io.plumbline.matrix.connector.RunningSystem;
import io.plumbline.matrix.connector.SystemProvider;
import io.plumbline.matrix.lab.FileTree;
import io.plumbline.matrix.registry.RunMode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * SQL Server's protocol in front of H2: its real driver talks to it, and H2 plays the server
 * behind. What only SQL Server says in its own words is translated.
 */
record TdsLab(Path home, Endpoint database, TdsFront front, Captures captures)
    implements AutoCloseable {
  static final String USER = "guest";
  static final String PASSWORD = "canary-of-a-password";

  private static final Pattern RENAME = Pattern.compile("EXEC sp_rename N'([^']+)', N'([^']+)'");

  static TdsLab start(Path home) throws IOException {
    return start(home, true);
  }

  static TdsLab start(Path home, boolean snapshots) throws IOException {
    return start(home, snapshots, new Captures("1", "Running"));
  }

  static TdsLab start(Path home, boolean snapshots, Captures captures) throws IOException {
    return start(home, snapshots, captures, sql -> {});
  }

  /** One that tells of each statement before it is done. */
  static TdsLab start(Path home, boolean snapshots, Captures captures, Consumer<String> before)
      throws IOException {
    Endpoint database = H2Provider.endpoint(home);
    try (Connection connection = database.connect()) {
      captures.prepare(connection);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return new TdsLab(
        home,
        database,
        new TdsFront(
            new Guarded(database, captures),
            sql -> {
              before.accept(sql);
              return translated(captures.translated(sql), snapshots);
            }),
        captures);
  }

  /** Commits by way of the capturing, and lets in who knows the password. */
  private record Guarded(Endpoint database, Captures captures) implements TdsFront.Backend {
    @Override
    public Connection open(String user, String password) throws SQLException {
      if (!user.equals(USER) || !password.equals(PASSWORD)) {
        throw new SQLException("Login failed for user '%s'.".formatted(user));
      }
      return database.connect();
    }

    @Override
    public void commit(Connection connection) throws SQLException {
      captures.commit(connection);
    }
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
    return endpoint(password, "");
  }

  /** As somebody asks for it who wants changes to be read by change tracking. */
  ExternalEndpoint tracking() {
    return endpoint(PASSWORD, ";changes=tracking");
  }

  private ExternalEndpoint endpoint(String password, String more) {
    return new ExternalEndpoint(
        "jdbc:sqlserver://127.0.0.1:%d;databaseName=master;encrypt=false%s"
            .formatted(front.port(), more),
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
      super(new Provider(TdsLab::endpoint));
    }
  }

  /** One whose changes are tracked. */
  static final class SharedTracking extends SharedSystem {
    SharedTracking() {
      super(new Provider(TdsLab::tracking));
    }
  }

  private record Provider(Function<TdsLab, ExternalEndpoint> endpoint) implements SystemProvider {
    @Override
    public boolean serves(RunMode mode) {
      return true;
    }

    @Override
    public RunningSystem start(Path workDirectory) {
      try {
        TdsLab lab = TdsLab.start(workDirectory.resolve("tds"));
        return SqlServer.of(endpoint.apply(lab)).system(EvidenceLevel.STAND_IN, lab::close);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** What somebody else would find: schemas, and what is captured outside of them. */
  List<String> everything() {
    List<String> all = new ArrayList<>();
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      for (String query :
          List.of(
              "SELECT SCHEMA_NAME FROM INFORMATION_SCHEMA.SCHEMATA",
              "SELECT TABLE_NAME FROM INFORMATION_SCHEMA.TABLES WHERE TABLE_SCHEMA = 'cdc'",
              "SELECT capture_instance FROM cdc.change_tables")) {
        try (ResultSet found = statement.executeQuery(query + " ORDER BY 1")) {
          while (found.next()) {
            all.add(found.getString(1));
          }
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return all;
  }
}
